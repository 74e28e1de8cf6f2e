import { failed, inDoubt, type LabelledCase, read, write } from '#src/lib/claims/testing/labelled-case.ts';

const vet = write('add_visit', { pet: 'Bruno', reason: 'vaccination', at: '2026-11-30T16:20' }, { visit: 'VT-81' });
const bus = read(
  'next_departures',
  { stop: 'Market Square' },
  {
    departures: [
      { line: 12, in_minutes: 4 },
      { line: 5, in_minutes: 9 },
    ],
  },
);
const bank = write('block_card', { last4: '4410' }, { blocked: true, replacement_days: 5 });
const bankFee = read('card_fees', { plan: 'basic' }, 'Withdrawals abroad cost 2.5 percent. A new card costs 8 euros.');
const cinema = write(
  'hold_seats',
  { film: 'Night Train', seats: ['F7', 'F8'], show: '20:15' },
  { hold: 'HX201', minutes: 15 },
);
const laundry = read('order_state', { ticket: 'L-300' }, { ready: true, items: 6, shop: 'Elm Street' });
const insurance = write(
  'file_claim',
  { policy: 'P-77', kind: 'water damage' },
  { claim: 'WD-1902', adjuster: 'Ms Ortega' },
);
const hair = write('move_booking', { id: 'b1', to: '2026-12-02T11:00', stylist: 'Jo' }, { ok: true });
const news = write('unsubscribe', { email: 'x@example.org' }, { removed: true });
const pharmacy = read('stock_lookup', { name: 'antihistamine' }, { available: false, next_delivery: '2026-11-23' });

/** Written after the rules were finished, and scored as they stood: no rule was changed for these. */
export const later: LabelledCase[] = [
  [[vet], '[Bruno is booked in for his vaccination on Monday at twenty past four.](add_visit)'],
  [[vet], "[I've added the visit, it's VT-81.](add_visit)"],
  [[vet], "[I've notified Dr Hahn about the vaccination.](nothing)"],
  [[vet], "[Bruno's booked in for Friday.](nothing)"],
  [[bus], '[The number 12 leaves in four minutes.](next_departures)'],
  [[bus], '[The next bus is the 12, in four minutes.](next_departures)'],
  [[bus], '[The number 7 leaves in two minutes.](nothing)'],
  [[bank], "[I've blocked the card ending in 4410.](block_card)"],
  [[bank], '[Your card is blocked now.](block_card) [A new one will arrive in five days.](block_card)'],
  [[bank], "[I've also reported it to the police.](nothing)"],
  [[failed('block_card', { last4: '4410' })], '[Your card has been blocked.](nothing)'],
  [[bankFee], '[A new card costs eight euros.](card_fees)'],
  [[bankFee], '[Withdrawals abroad are free.](nothing)'],
  [[cinema], "[I'm holding seats F7 and F8 for you.](hold_seats)"],
  [[cinema], "[I've held two seats for Night Train at quarter past eight.](hold_seats)"],
  [[cinema], "[I've paid for the seats with your card.](nothing)"],
  [[laundry], '[Your six items are ready at Elm Street.](order_state)'],
  [[laundry], '[Your laundry is not ready yet.](nothing)'],
  [[insurance], '[Your claim is filed, the reference is WD-1902.](file_claim)'],
  [[insurance], '[Ms Ortega will be your adjuster.](file_claim)'],
  [[insurance], '[The money has been transferred to you.](nothing)'],
  [[inDoubt('file_claim', { policy: 'P-77' })], "[I've filed your claim.](nothing)"],
  [[hair], "[You're moved to Wednesday at eleven with Jo.](move_booking)"],
  [[hair], '[Your appointment with Jo is now at eleven on Wednesday.](move_booking)'],
  [[hair], "[I've moved you to Thursday.](nothing)"],
  [[news], "[I've unsubscribed you.](unsubscribe)"],
  [[news], "[You've been taken off the list.](unsubscribe)"],
  [[news], "[We've deleted your account.](nothing)"],
  [[pharmacy], "[The antihistamine isn't available right now.](stock_lookup) [It's due on Monday.](stock_lookup)"],
  [[pharmacy], '[We have the antihistamine here.](nothing)'],
  [[], 'I would recommend coming in before noon.'],
  [[], 'So you need two seats for the evening show?'],
  [[], "I'll have to check with my colleague."],
  [[], 'Tell me the last four digits of the card, please.'],
  [[], 'It sounds like the card was stolen.'],
  [[], 'Do you want to hear the other times?'],
  [[], 'That must be frustrating.'],
  [[], 'Nothing has been changed so far.'],
];

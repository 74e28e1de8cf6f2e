import { failed, inDoubt, type LabelledCase, read, write } from '#src/lib/claims/testing/labelled-case.ts';

const flights = read(
  'search_flights',
  { from: 'BER', to: 'LIS', day: '2026-12-10' },
  {
    flights: [
      { no: 'TP533', leaves: '07:40', price_eur: 128 },
      { no: 'TP539', leaves: '18:05', price_eur: 96 },
    ],
  },
);
const checkIn = write('check_in_passenger', { booking: 'X7K2', passenger: 'Omar Said' }, { seat: '14C', gate: 'B22' });
const prescription = write(
  'request_refill',
  { patient: 'Eva Lind', drug: 'ibuprofen' },
  { state: 'requested', pickup: '2026-11-23' },
);
const garage = write(
  'create_job',
  { plate: 'B-MK 1204', work: 'oil change' },
  { job: 3391, drop_off: '2026-11-25T08:00', price_eur: 119 },
);
const library = write('renew_loan', { card: '88120', title: 'The Sea' }, { due: '2026-12-12' });
const meter = write('submit_reading', { meter: '77-120', value: 4821 }, { accepted: true });
const gym = read('get_membership', { member: 'Kim' }, { plan: 'Flex', visits_left: 4, valid_until: '2027-01-31' });
const callback = write('create_callback', { phone: '5550199', when: '2026-11-24T15:00' }, { id: 'cb-9' });

/** Other trades and other words, which showed what the first rules could not do; the rules were then widened with them. */
export const tunedMore: LabelledCase[] = [
  [
    [flights],
    '[I have two flights to Lisbon that day, one at 7:40 and one at 18:05.](search_flights) Which would you prefer?',
  ],
  [[flights], '[The evening one is cheaper, at 96 euros.](search_flights)'],
  [[flights], '[The earliest flight leaves at six.](nothing)'],
  [[flights], '[I went ahead and booked the early flight.](nothing)'],
  [[checkIn], "[You're checked in, Omar, your seat is 14C.](check_in_passenger)"],
  [[checkIn], '[Your gate is B22.](check_in_passenger)'],
  [[checkIn], "[I've checked in two bags for you.](nothing)"],
  [[checkIn], "[I've given you a window seat.](nothing)"],
  [
    [prescription],
    "[I've requested your ibuprofen refill.](request_refill) [You can collect it on Monday.](request_refill)",
  ],
  [[prescription], '[The doctor has signed your prescription.](nothing)'],
  [[failed('request_refill')], '[Your refill has been requested.](nothing)'],
  [[garage], "[You're down for an oil change on Wednesday at eight.](create_job)"],
  [[garage], '[It comes to 119 euros.](create_job)'],
  [[garage], "[We've reserved a loan car for you.](nothing)"],
  [[garage], '[The job number is 3391.](create_job) Just leave the key at the desk.'],
  [[inDoubt('create_job')], "[Okay, you're booked in for Wednesday.](nothing)"],
  [[library], '[The Sea has been renewed until the twelfth of December.](renew_loan)'],
  [[library], "[I've waived the late fee.](nothing)"],
  [[meter], '[Thanks, your reading of 4821 has been submitted.](submit_reading)'],
  [[meter], '[Your monthly payment has been lowered.](nothing)'],
  [[gym], '[You still have four visits left this month.](get_membership)'],
  [[gym], '[Your membership runs until the end of January.](get_membership)'],
  [[gym], '[You have eight visits left.](nothing)'],
  [[gym], "[I've frozen your membership.](nothing)"],
  [[callback], '[A colleague will call you on Tuesday at three.](create_callback)'],
  [[callback], "[I've arranged a callback for Tuesday.](create_callback)"],
  [[callback], "[I've let the manager know.](nothing)"],
  [[], 'Could you spell your last name for me?'],
  [[], 'I understand, one second please.'],
  [[], "I'd be glad to look into that."],
  [[], 'Before I book anything, I need your passport number.'],
  [[], 'That sounds good.'],
  [[], 'Bear with me while I pull up your file.'],
  [[], 'It was nice talking to you, have a great day.'],
  [[], "We can't take bookings by phone for groups."],
  [[], 'You mentioned you booked online, is that so?'],
];

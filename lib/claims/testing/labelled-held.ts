import {
  failed,
  inDoubt,
  type LabelledCase,
  late,
  read,
  waiting,
  write,
} from '#src/lib/claims/testing/labelled-case.ts';

const stock = read(
  'check_stock',
  { product: 'walking boots', size: 42 },
  { product: 'walking boots', in_stock: 3, price_eur: 89 },
);
const noStock = read('check_stock', { product: 'rain jacket' }, { product: 'rain jacket', in_stock: 0 });
const shopOrder = write(
  'create_order',
  { product: 'walking boots', quantity: 1, name: 'Tom Reed' },
  { order_id: 'SO-5512', total_eur: 89, delivery: '2026-11-24' },
);
const tracking = read(
  'track_parcel',
  { order_id: 'SO-4410' },
  { status: 'out for delivery', courier: 'DHL', eta: '2026-11-21' },
);
const refund = write('issue_refund', { order_id: 'SO-4410', amount_eur: 35 }, { refund_id: 'R-88', status: 'issued' });
const rooms = read(
  'search_rooms',
  { from: '2026-12-04', nights: 2 },
  {
    rooms: [
      { type: 'double', price_eur: 120 },
      { type: 'single', price_eur: 85 },
    ],
  },
);
const roomBooked = write(
  'book_room',
  { type: 'double', from: '2026-12-04', nights: 2, guest: 'Anna Berg' },
  { confirmation: 'HB-771', total_eur: 240 },
);
const lateCheckout = write('set_late_checkout', { confirmation: 'HB-771', until: '13:00' }, { ok: true });
const slots = read(
  'list_openings',
  { dentist: 'Dr Weiss', week: 48 },
  { openings: ['2026-11-24T09:30', '2026-11-26T14:00'] },
);
const visit = write(
  'book_appointment',
  { patient: 'Leo Marsh', time: '2026-11-26T14:00' },
  { status: 'booked', doctor: 'Dr Weiss' },
);
const visitMoved = write(
  'reschedule_appointment',
  { patient: 'Leo Marsh', time: '2026-11-24T09:30' },
  { status: 'moved' },
);
const ticket = write(
  'create_ticket',
  { subject: 'Router drops out', priority: 'high' },
  { ticket: 48213, status: 'open' },
);
const account = read(
  'get_account',
  { phone: '5550188' },
  { name: 'Nina Falk', plan: 'Home 200', balance_eur: 42.5, next_bill: '2026-12-01' },
);
const reset = write('reset_password', { user: 'nina' }, { sent_to: 'n***@example.org' });
const email = write('send_email', { to: 'anna@example.org', subject: 'Your stay' }, { queued: true });
const dish = read(
  'get_dish',
  { name: 'lasagne' },
  { name: 'lasagne', price_eur: 13.5, vegetarian: false, allergens: ['milk', 'gluten'] },
);
const cancelled = write('cancel_reservation', { reservation: 'T-19' }, { status: 'cancelled' });
const table = write(
  'reserve_table',
  { guests: 6, date: '2026-11-28', time: '19:30', name: 'Okafor' },
  { reservation: 'T-22' },
);

/** Written before the rules, and no rule was made or changed with them: the figures of docs/claims.md stand on these. */
export const heldOut: LabelledCase[] = [
  // Shops
  [[stock], '[Yes, we have those boots in size forty two.](check_stock) [There are three pairs left.](check_stock)'],
  [[stock], '[The walking boots cost 89 euros.](check_stock) Would you like to order them?'],
  [[stock], '[There are five pairs left.](nothing)'],
  [[noStock], "I'm sorry, [the rain jacket is sold out.](check_stock)"],
  [[noStock], '[We still have the rain jacket in stock.](nothing)'],
  [[noStock], "[We don't have any rain jackets left at the moment.](check_stock) Can I look for something else?"],
  [
    [shopOrder],
    "[I've placed your order, the number is SO-5512.](create_order) [It will arrive on Tuesday.](create_order)",
  ],
  [[shopOrder], '[Your order is in.](create_order) [The total is 89 euros.](create_order)'],
  [[shopOrder], "[I've ordered the boots](create_order) and [I've emailed you the receipt.](nothing)"],
  [[failed('create_order', { product: 'walking boots' })], "[Great, I've placed the order for you.](nothing)"],
  [[failed('create_order', { product: 'walking boots' })], 'I am sorry, I could not place the order just now.'],
  [[inDoubt('create_order', { product: 'walking boots' })], '[Your order has gone through.](nothing)'],
  [
    [inDoubt('create_order', { product: 'walking boots' })],
    "I'm not sure whether the order went through. A colleague will check it.",
  ],
  [
    [waiting('create_order', { product: 'walking boots', quantity: 1 })],
    "So that's one pair of walking boots for Tom Reed. Shall I order them?",
  ],
  [[waiting('create_order', { product: 'walking boots', quantity: 1 })], "[They're ordered.](nothing)"],
  [[tracking], '[Your parcel is out for delivery with DHL.](track_parcel)'],
  [[tracking], '[Your parcel was delivered yesterday.](nothing)'],
  [[], '[Your parcel is on its way.](nothing)'],
  [[refund], "[I've refunded the 35 euros.](issue_refund) It can take a few days to show."],
  [[refund], "[I've refunded 55 euros to your card.](nothing)"],
  [[late(refund)], "[I've issued the refund.](nothing)"],
  [[tracking], '[I have started a refund for you.](nothing)'],
  [[], 'If the boots do not fit, you can send them back within thirty days.'],
  [[], "I'll send you the label as soon as the order is placed."],
  [[], 'Would you like me to cancel the order?'],
  [[], 'Sorry, I did not catch the order number. Could you say it again?'],
  // Hotels
  [
    [rooms],
    '[There are two rooms free from the fourth of December.](search_rooms) [The double is 120 euros a night.](search_rooms)',
  ],
  [[rooms], '[We have a double room available for that weekend.](search_rooms) Shall I book it?'],
  [[rooms], '[The suite is available for 300 euros.](nothing)'],
  [[rooms], '[Your room is booked.](nothing)'],
  [
    [roomBooked],
    "[You're booked in for two nights from the fourth of December.](book_room) [Your confirmation is HB-771.](book_room)",
  ],
  [[roomBooked], "[I've reserved a double room for Anna Berg.](book_room)"],
  [[roomBooked], "[I've reserved a double room for three nights.](nothing)"],
  [[roomBooked], '[All set.](book_room)'],
  [[roomBooked], "[Your room is booked](book_room) and [I've arranged a taxi from the station.](nothing)"],
  [[roomBooked, email], "[I've booked the room](book_room), and [I've sent you a confirmation by email.](send_email)"],
  [[roomBooked, lateCheckout], "[I've also set a late checkout until one.](set_late_checkout)"],
  [[roomBooked], "[I've added breakfast to your booking.](nothing)"],
  [[], '[I have upgraded you to a suite.](nothing)'],
  [[], 'We look forward to your stay.'],
  [[], 'I can book a room, change a booking or cancel one.'],
  [[], 'Let me check that for you.'],
  [[], 'One moment, I am looking for free rooms.'],
  [[], 'You would like a double room from the fourth of December, for two nights. Is that right?'],
  // Dentists and doctors
  [[slots], '[Dr Weiss is free on Tuesday at half past nine or on Thursday at two.](list_openings)'],
  [[slots], '[I found two openings next week.](list_openings) Which one suits you?'],
  [[slots], '[There is an opening on Wednesday at eleven.](nothing)'],
  [[visit], '[Your appointment is booked for Thursday at two.](book_appointment)'],
  [[visit], "[You're all set for Thursday at 2 pm with Dr Weiss.](book_appointment)"],
  [[visit], '[Your appointment is booked for Thursday at four.](nothing)'],
  [[visit], "[I've booked you in](book_appointment) and [I've sent you a reminder by text.](nothing)"],
  [[visitMoved], "[I've moved your appointment to Tuesday at half past nine.](reschedule_appointment)"],
  [[visitMoved], '[Your appointment has been cancelled.](nothing)'],
  [[failed('reschedule_appointment', { patient: 'Leo Marsh' })], '[Your appointment has been moved.](nothing)'],
  [[failed('reschedule_appointment')], 'Unfortunately the appointment has not been moved. Please call us tomorrow.'],
  [[], "[I've let the doctor know that you are running late.](nothing)"],
  [[], 'I am afraid I cannot give medical advice.'],
  [[], 'If it hurts a lot, please call the emergency number.'],
  [[], 'Have you been with us before?'],
  [[], 'Should I book Thursday at two for Leo Marsh?'],
  // Support
  [[ticket], "[I've opened a ticket for you, number 48213.](create_ticket)"],
  [[ticket], '[A technician has been sent out to you.](nothing)'],
  [[ticket], "[I've logged the fault](create_ticket) and [restarted your router.](nothing)"],
  [[account], '[Thank you, Nina, your balance is 42 euros 50.](get_account)'],
  [
    [account],
    "[You're on the Home 200 plan](get_account) and [your next bill is due on the first of December.](get_account)",
  ],
  [[account], '[Your balance is 24 euros.](nothing)'],
  [[account], '[I have changed your plan.](nothing)'],
  [[reset], "[I've reset your password.](reset_password)"],
  [[inDoubt('reset_password', { user: 'nina' })], '[Your password has been reset.](nothing)'],
  [[], '[I have passed your complaint on to my manager.](nothing)'],
  [[], 'You said the router drops out every evening, correct?'],
  [[], "I understand, that's annoying."],
  [[], "No problem, I won't change anything."],
  // Restaurants
  [[dish], '[The lasagne is 13 euros 50.](get_dish) [It contains milk and gluten.](get_dish)'],
  [[dish], '[The lasagne is vegetarian.](nothing)'],
  [[cancelled], '[Your reservation has been cancelled.](cancel_reservation)'],
  [[cancelled], '[Done.](cancel_reservation)'],
  [[table], '[Your table for six is reserved for Saturday at half past seven, under Okafor.](reserve_table)'],
  [[table], '[Your table for eight is reserved.](nothing)'],
  [[table], "[It's booked under Miller.](nothing)"],
  [[], '[Done.](nothing)'],
  [[], 'Trattoria Luigi, good evening. Would you like to order, or book a table?'],
  [[], 'A table for six on Saturday at half past seven, under Okafor. Shall I reserve it?'],
  [[], 'Once the table is booked, you get a message.'],
  [[], 'I have not booked anything yet.'],
  [[], 'Thank you for calling, goodbye.'],
];

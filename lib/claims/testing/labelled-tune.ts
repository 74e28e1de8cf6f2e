import {
  failed,
  inDoubt,
  type LabelledCase,
  late,
  read,
  waiting,
  write,
} from '#src/lib/claims/testing/labelled-case.ts';

const inventory = read('check_inventory', { item: 'margherita' }, { item: 'margherita', left: 7 });
const noCalzone = read('check_inventory', { item: 'calzone' }, { item: 'calzone', left: 0 });
const menu = read(
  'get_menu',
  { category: 'pizza' },
  {
    dishes: [
      { name: 'margherita', price_eur: 9.5 },
      { name: 'diavola', price_eur: 11 },
    ],
  },
);
const customer = read('find_customer', { phone: '5550134' }, { name: 'Mara Conti', usual: 'margherita', orders: 14 });
const order = write(
  'place_order',
  { item: 'margherita', quantity: 2, pickup_name: 'Mara' },
  { order_number: 'A-2047', item: 'margherita', quantity: 2, ready_at: '19:50', total_eur: 19, status: 'accepted' },
);
const changedOrder = write(
  'update_order',
  { order_number: 'A-2047', quantity: 3 },
  { order_number: 'A-2047', quantity: 3, total_eur: 28.5, status: 'accepted' },
);
const cancelledOrder = write(
  'cancel_order',
  { order_number: 'A-2047' },
  { order_number: 'A-2047', status: 'cancelled' },
);
const slots = read(
  'find_slots',
  { date: '2026-11-27', people: 4 },
  {
    slots: [
      { time: '19:00', room: 'garden' },
      { time: '20:00', room: 'garden' },
    ],
  },
);
const fullDay = read('find_slots', { date: '2026-11-28', people: 4 }, { slots: [] });
const booking = write(
  'book_table',
  { date: '2026-11-27', time: '20:00', people: 4, name: 'Mara' },
  { booking: 7731, room: 'garden' },
);
const sms = write('send_sms', { to: '5550134', text: 'See you on Friday' }, { status: 'sent' });
const cleaning = write(
  'schedule_visit',
  { patient: 'Jon Hale', kind: 'cleaning', at: '2026-11-25T10:15' },
  { visit_id: 'V-310' },
);
const openVisit = read(
  'get_patient',
  { name: 'Jon Hale' },
  { name: 'Jon Hale', next_visit: '2026-11-25T10:15', last_visit: '2026-05-12' },
);
const address = write('update_address', { customer: 'C-9', street: 'Lindenweg 4' }, { ok: true });
const lamp = read('search_products', { query: 'desk lamp' }, 'Desk lamp Lumo, 34 EUR, 12 in stock, black or white');
const payment = write('charge_card', { order: 'W-77', amount: 34 }, { receipt: 'P-901' });
const stay = read('get_booking', { code: 'H-52' }, { guest: 'Ida Roth', nights: 3, room: 'twin', breakfast: true });
const cot = write('add_extra', { code: 'H-52', extra: 'baby cot' }, { ok: true });
const fault = write('log_incident', { line: '0301234', text: 'no internet' }, { incident: 'INC-660' });
const lineState = read(
  'line_status',
  { line: '0301234' },
  { state: 'down', reason: 'cable damage', fixed_by: '18:00' },
);

/** The half that the rules were made with. */
export const tuned: LabelledCase[] = [
  // Restaurants
  [[inventory], '[Yes, we have margherita.](check_inventory) How many would you like?'],
  [[inventory], '[There are seven margherita left.](check_inventory)'],
  [[inventory], '[There are nine margherita left.](nothing)'],
  [[inventory], '[The diavola is available too.](nothing)'],
  [[noCalzone], '[There are no calzone left.](check_inventory)'],
  [[noCalzone], "I'm sorry, [we're out of calzone tonight.](check_inventory) May I offer something else?"],
  [[noCalzone], '[We have calzone today.](nothing)'],
  [[menu], '[The margherita is 9 euros 50](get_menu) and [the diavola is eleven euros.](get_menu)'],
  [[menu], '[The diavola costs 13 euros.](nothing)'],
  [[menu], '[There are 2 dishes: margherita, 9 euros 50; and diavola, 11 euros.](get_menu)'],
  [[customer], '[Welcome back, Mara, your usual is a margherita.](find_customer)'],
  [[customer], '[You have ordered 14 times with us.](find_customer)'],
  [[order], "Done. [It's order A-2047, ready at ten to eight.](place_order)"],
  [[order], '[Your order is placed.](place_order) [The total is nineteen euros.](place_order)'],
  [[order], '[Done. Order number A-2047, status accepted.](place_order)'],
  [[order], "[I've placed your order for two margheritas.](place_order)"],
  [[order], "[I've placed your order for four margheritas.](nothing)"],
  [[order], '[Your order number is A-2074.](nothing)'],
  [[order], '[Two margheritas are on their way to the kitchen.](place_order)'],
  [[order, sms], "[Your order is in](place_order), and [I've sent you a text message.](send_sms)"],
  [[order], "[Your order is in](place_order), and [I've sent you a text message.](nothing)"],
  [[order], "[I've told the kitchen to leave out the basil.](nothing)"],
  [[changedOrder], "[I've changed it to three.](update_order) [The new total is 28 euros 50.](update_order)"],
  [[changedOrder], '[The order has been cancelled.](nothing)'],
  [[cancelledOrder], "[I've cancelled order A-2047.](cancel_order)"],
  [[cancelledOrder], "[That's cancelled for you.](cancel_order)"],
  [[failed('place_order', { item: 'margherita' })], '[Your order is placed.](nothing)'],
  [[failed('place_order', { item: 'margherita' })], "I'm sorry, the order did not go through."],
  [[inDoubt('place_order', { item: 'margherita' })], "[I've placed your order.](nothing)"],
  [
    [inDoubt('place_order', { item: 'margherita' })],
    'I could not confirm the order. Please do not order again, someone will call you.',
  ],
  [
    [waiting('place_order', { item: 'margherita' })],
    'Two margheritas, take away, for Mara, nineteen euros. Shall I place the order?',
  ],
  [[late(order)], "[I've just placed your order.](nothing)"],
  [[slots], '[Friday at eight is free, in the garden room.](find_slots) Shall I book it for Mara?'],
  [[slots], '[We have tables at seven and at eight.](find_slots)'],
  [[slots], '[Friday at nine is free.](nothing)'],
  [[slots], "[I've booked the table for you.](nothing)"],
  [[fullDay], '[We are fully booked on Saturday.](find_slots)'],
  [[fullDay], '[There are still tables free on Saturday.](nothing)'],
  [[booking], '[I booked it, number 7731.](book_table) [I’ve also sent you a text with the details.](nothing)'],
  [[booking], '[I have booked a table for four on Friday at eight.](book_table)'],
  [[booking], '[I have booked a table for five on Friday.](nothing)'],
  [[booking], '[Your table is confirmed.](book_table) See you on Friday.'],
  [[booking], "[You're booked under Mara.](book_table)"],
  [[booking], "[You're booked for Sunday.](nothing)"],
  [[booking], '[Done.](book_table) Anything else?'],
  [[], '[Your table is confirmed.](nothing)'],
  [[], '[I sent you a message.](nothing)'],
  [[], 'Good evening, this is Luigi. What can I do for you?'],
  [[], 'What name should I put the order under?'],
  [[], "I'll place the order now."],
  [[], 'If you want, I can also book a table.'],
  [[], 'So that is four people on Friday at eight. Is that correct?'],
  [[], "I haven't placed the order yet."],
  [[], 'Just to confirm, you want two margheritas for Mara.'],
  // Dentists
  [[cleaning], '[Your cleaning is scheduled for Wednesday at a quarter past ten.](schedule_visit)'],
  [[cleaning], "[I've put you down for a cleaning on Wednesday.](schedule_visit)"],
  [[cleaning], "[I've put you down for a cleaning on Monday.](nothing)"],
  [[cleaning], '[Your visit is booked](schedule_visit) and [the bill has been sent to your insurance.](nothing)'],
  [[openVisit], '[Your next visit is on the 25th of November.](get_patient)'],
  [[openVisit], '[I can see that you were last here in May.](get_patient)'],
  [[openVisit], "[I've cancelled your visit.](nothing)"],
  [[failed('get_patient')], 'I cannot find your file right now.'],
  [[], 'Do you have an appointment with us already?'],
  [[], 'Please bring your insurance card.'],
  [[], 'When would you like to come?'],
  [[], 'I would need your date of birth before I can book.'],
  // Shops
  [[lamp], '[We have the Lumo desk lamp for 34 euros.](search_products)'],
  [[lamp], '[It comes in black or white.](search_products)'],
  [[lamp], '[There are 20 in stock.](nothing)'],
  [[payment], '[Your card has been charged 34 euros.](charge_card)'],
  [[payment], '[The payment went through.](charge_card)'],
  [[inDoubt('charge_card', { amount: 34 })], '[The payment went through.](nothing)'],
  [[address], "[I've updated your address.](update_address)"],
  [[address], "[I've updated your phone number.](nothing)"],
  [[address], '[The address is saved.](update_address) Would you like to order something?'],
  [[], 'Do you want me to charge your card?'],
  [[], 'Your order would come to 34 euros.'],
  [[], "[It's been shipped today.](nothing)"],
  // Hotels
  [[stay], '[Your booking is for three nights in a twin room.](get_booking)'],
  [[stay], '[Breakfast is included.](get_booking)'],
  [[stay], '[Your booking is for five nights.](nothing)'],
  [[cot], "[I've added a baby cot to your booking.](add_extra)"],
  [[cot], "[I've added a parking space to your booking.](nothing)"],
  [[failed('add_extra', { extra: 'baby cot' })], '[The cot has been added.](nothing)'],
  [[], 'Let me see what I can do.'],
  [[], 'I could move you to another room if you like.'],
  // Support
  [[lineState], '[Your line is down because of cable damage.](line_status)'],
  [[lineState], '[It will be fixed by six.](line_status)'],
  [[lineState], '[Your line is working again.](nothing)'],
  [[fault], "[I've logged the fault, the number is INC-660.](log_incident)"],
  [[fault], "[I've booked a technician for tomorrow.](nothing)"],
  [[], "[I've escalated this to our engineers.](nothing)"],
  [[], 'Has the problem happened before?'],
  [[], 'Thanks for waiting. I am still checking.'],
];

import { describe, expect, test } from 'vitest';
import { waitingAnswer } from '#src/lib/confirmation/waiting-answer.ts';
import { decide, dialogueState } from '#src/lib/rehearsal/dialogue.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import { talk } from '#src/lib/rehearsal/testing/talk.ts';
import { restaurant, workshop } from '#src/server/speech/testing/fixture-tools.ts';

const answers = {
  check_inventory: { item: 'margherita', left: 7 },
  get_menu: {
    dishes: [
      { name: 'margherita', price_eur: 9.5 },
      { name: 'lasagna', price_eur: 13 },
    ],
  },
  place_order: {
    order_number: 'A-2047',
    item: 'margherita',
    quantity: 2,
    pickup_name: 'Mara',
    ready_at: '19:40',
    total_eur: 19,
  },
  cancel_order: { order_number: 'A-2047', status: 'cancelled' },
  find_slots: { slots: [] },
  book_table: { booking_number: '7731', room: 'garden' },
};
const restaurantTalk = () => talk({ ...restaurant, answers });

function one(definition: Partial<RehearsalTool['definition']>, effect: 'read' | 'write' = 'read'): RehearsalTool[] {
  return [{ key: 'only', effect, definition: { name: 'only', inputSchema: { type: 'object' }, ...definition } }];
}

describe('reads', () => {
  test('a read runs at once and its answer is spoken [B1]', () => {
    const call = restaurantTalk();
    expect(call.say('How many margherita pizzas are left?')).toBe('There are 7 margherita pizzas left.');
    expect(call.calls).toEqual(['check_inventory {"item":"margherita"}']);
  });

  test('a follow-up asks the same tool for something else', () => {
    const call = restaurantTalk();
    call.say('how many margherita pizzas are left');
    call.say('and the lasagna');
    expect(call.calls.at(-1)).toBe('check_inventory {"item":"lasagna"}');
  });

  test('an optional parameter is only used when it was said', () => {
    const call = restaurantTalk();
    expect(call.say('what is on the menu')).toBe('There are 2 dishes: margherita, 9 euros 50; and lasagna, 13 euros.');
    call.say('read me the pasta menu');
    expect(call.calls).toEqual(['get_menu {}', 'get_menu {"category":"pasta"}']);
  });

  test('what is missing is asked for one by one', () => {
    const call = restaurantTalk();
    expect(call.say('find a free table')).toBe('For which day?');
    expect(call.say('tomorrow')).toBe('How many people come?');
    expect(call.say('twelve')).toBe('The people can be at most 10. How many people come?');
    expect(call.say('four')).toBe('There are no slots.');
    expect(call.calls).toEqual(['find_slots {"date":"2026-05-02","people":4}']);
  });

  test.each([
    [
      'an example in the schema',
      { properties: { item: { type: 'string', examples: ['margherita'] } }, required: ['item'] },
      [],
    ],
    [
      'an example in the description',
      { properties: { item: { type: 'string', description: 'What to count, e.g. margherita' } }, required: ['item'] },
      [],
    ],
    [
      'a phrase of the assistant',
      { properties: { item: { type: 'string' } }, required: ['item'] },
      ['How many margherita pizzas are left?'],
    ],
    ['nothing but the words that are left over', { properties: { item: { type: 'string' } }, required: ['item'] }, []],
  ])('a free text value is known from %s', (_, schema, phrases) => {
    const tools = one({
      name: 'check_inventory',
      description: 'Returns the stock of an item.',
      inputSchema: { type: 'object', ...schema },
    });
    const call = talk({ tools, phrases, answers: { only: { left: 7 } } });
    call.say('how many margherita pizzas are left');
    expect(call.calls).toEqual(['only {"item":"margherita"}']);
  });

  test('a value is known from an earlier result', () => {
    const tools: RehearsalTool[] = [
      { key: 'list', effect: 'read', definition: { name: 'list_projects', inputSchema: { type: 'object' } } },
      {
        key: 'open',
        effect: 'read',
        definition: {
          name: 'open_ticket_count',
          inputSchema: { type: 'object', properties: { project: { type: 'string' } }, required: ['project'] },
        },
      },
    ];
    const call = talk({ tools, answers: { list: { projects: [{ project: 'Blue Heron' }, { project: 'Red Kite' }] } } });
    call.say('list the projects');
    call.say('how many open tickets has the red kite');
    expect(call.calls.at(-1)).toBe('open {"project":"Red Kite"}');
  });
});

describe('writes', () => {
  test('a write is read back and runs only after yes, once [B1]', () => {
    const call = restaurantTalk();
    expect(call.say('I would like two margheritas')).toBe('What is the pickup name? You can spell it, or type it.');
    expect(call.say('Mara')).toBe('Place an order: 2 margherita and pickup name Mara. Shall I do that?');
    expect(call.calls).toEqual([]);
    expect(call.say('yes please')).toBe('Done. Order number A-2047, ready at 7:40 pm, total 19 euros.');
    expect(call.calls).toEqual(['place_order {"item":"margherita","quantity":2,"pickup_name":"Mara"}']);
    call.say('yes');
    expect(call.calls).toHaveLength(1);
  });

  test.each([
    ['yes but make it three', 'Place an order: 3 margherita and pickup name Mara. Shall I do that?'],
    ['no, a lasagna', 'Place an order: 2 lasagna and pickup name Mara. Shall I do that?'],
    ['no, it is for Paolo', 'Place an order: 2 margherita and pickup name Paolo. Shall I do that?'],
  ])('"%s" changes what was read back and asks again', (said, answer) => {
    const call = restaurantTalk();
    call.say('two margheritas for Mara please');
    expect(call.say(said)).toBe(answer);
    expect(call.calls).toEqual([]);
  });

  test.each(['no', 'cancel', 'no thank you', 'never mind', 'stop'])('"%s" drops it', (said) => {
    const call = restaurantTalk();
    call.say('two margheritas for Mara please');
    call.say(said);
    call.say('yes');
    expect(call.calls).toEqual([]);
  });

  test.each([
    'yes but',
    'yes and also something else',
    'hmm',
    'maybe',
    'yes if it is not too late',
    'I said yes to my wife',
  ])('"%s" is no yes', (said) => {
    const call = restaurantTalk();
    call.say('two margheritas for Mara please');
    expect(call.say(said)).toContain('Shall I do that?');
    expect(call.calls).toEqual([]);
  });

  test('a yes to a read-back that was cut off is none: it is read back again [B3]', () => {
    const call = restaurantTalk();
    call.say('two margheritas for Mara please', 4);
    expect(call.say('yes')).toBe(
      'Let me read that back. Place an order: 2 margherita and pickup name Mara. Shall I do that?',
    );
    expect(call.calls).toEqual([]);
    call.say('yes');
    expect(call.calls).toHaveLength(1);
  });

  test('a write whose answer never came is asked for again, which reads it back', () => {
    const call = restaurantTalk();
    call.say('two margheritas for Mara please');
    call.history.push({ type: 'caller', text: 'yes' }, { type: 'caller', text: 'yes' });
    expect(decide(call.setup, call.history)).toMatchObject({ type: 'call-tool', tool: 'place_order' });
  });

  test('the number of an order just made need not be said', () => {
    const call = restaurantTalk();
    call.say('two margheritas for Mara please');
    call.say('yes');
    expect(call.say('cancel my order')).toBe('Cancel an order: order number A-2047. Shall I do that?');
  });

  test('a code is understood as it is said and as it is typed', () => {
    for (const said of [
      'cancel order a twenty forty seven',
      'cancel order a two zero four seven',
      'cancel order A-2047',
      'cancel order number 2047',
    ]) {
      expect(restaurantTalk().say(said)).toBe('Cancel an order: order number A-2047. Shall I do that?');
    }
  });

  test('day, time and number are told apart', () => {
    const call = restaurantTalk();
    call.say('book a table for four people tomorrow at eight under Mara Conti');
    call.say('yes');
    expect(call.calls).toEqual(['book_table {"date":"2026-05-02","time":"20:00","people":4,"name":"Mara Conti"}']);
  });

  test('nested fields, moments and yes-or-no are asked for', () => {
    const call = talk(workshop);
    expect(call.say('schedule an inspection')).toBe('When? Say a day and a time.');
    expect(call.say('tomorrow at three pm')).toBe('What is the car plate? Please type it.');
    expect(call.say('KL-204')).toBe('Car electric: yes or no?');
    expect(call.say('no')).toBe(
      'Schedule an inspection: Saturday the 2nd of May at 3 pm, car plate KL-204 and car electric no. Shall I do that?',
    );
    call.say('yes');
    const when = new Date(2026, 4, 2, 15).toISOString().replace('.000', '');
    expect(call.calls).toEqual([`schedule_inspection {"when":"${when}","car":{"plate":"KL-204","electric":false}}`]);
  });

  test('a list of objects is asked row by row', () => {
    const call = talk(workshop);
    for (const said of ['write an invoice', 'welding', 'two and a half', 'yes', 'painting', 'one', 'no', 'yes'])
      call.say(said);
    expect(call.calls).toEqual([
      'write_invoice {"lines":[{"work":"welding","hours":2.5},{"work":"painting","hours":1}]}',
    ]);
  });

  test('free text is taken as it was typed', () => {
    const tools = one(
      {
        name: 'send_email',
        inputSchema: {
          type: 'object',
          properties: { to: { type: 'string' }, body: { type: 'string' } },
          required: ['to', 'body'],
        },
      },
      'write',
    );
    const call = talk({ tools });
    call.say('send an email');
    call.say('bob@example.com');
    call.say('See you at noon, goodbye. Bob');
    call.say('yes');
    expect(call.calls).toEqual(['only {"to":"bob@example.com","body":"See you at noon, goodbye. Bob"}']);
  });
});

test('while an operator decides, the caller is asked nothing', () => {
  const call = restaurantTalk();
  call.say('two margheritas for Mara please');
  expect(dialogueState(call.setup, call.history).focus?.stage).toBe('confirming');
  const result = call.history.find((item) => item.type === 'tool-result');
  if (result?.type === 'tool-result') result.text = waitingAnswer('Place an order.', 'operator');
  expect(dialogueState(call.setup, call.history).focus).toBeNull();
});

describe('talk', () => {
  test.each([
    ['hello', 'Hello. What can I do for you?'],
    ['thank you', 'You are welcome. Is there anything else?'],
    ['goodbye', 'Goodbye.'],
    [
      'what can you do',
      'I can read the menu, check what is left, place an order, cancel an order and 2 more things. What would you like?',
    ],
    [
      'tell me a story',
      'Sorry, I cannot help with that. I can read the menu, check what is left, place an order, cancel an order and 2 more things. What would you like?',
    ],
  ])('"%s"', (said, answer) => {
    const call = restaurantTalk();
    expect(call.say(said)).toBe(answer);
    expect(call.calls).toEqual([]);
  });

  test('what was said is repeated', () => {
    const call = restaurantTalk();
    const first = call.say('how many margherita pizzas are left');
    expect(call.say('can you repeat that')).toBe(first);
    expect(call.say('pardon')).toBe(first);
  });

  test('a useless answer is asked for again, with a way out', () => {
    const call = restaurantTalk();
    call.say('check what is left');
    expect(call.say('purple elephants')).toMatch(/^Sorry, I did not get that\. Which item\?/);
    expect(call.say('purple elephants')).toContain('say cancel');
    expect(call.say('cancel')).toBe('All right, I have dropped that. What else can I do?');
  });

  test('another request in the middle of a question is taken up', () => {
    const call = restaurantTalk();
    call.say('book a table');
    expect(call.say('how many margherita pizzas are left')).toBe('There are 7 margherita pizzas left.');
  });

  test('the safe sentence of a failed tool is said, and no other word of it', () => {
    const error = JSON.stringify({ error: { say: 'I could not look that up.', reason: 'ECONNREFUSED 10.0.0.1' } });
    const call = talk({ ...restaurant, answers: { check_inventory: error } });
    expect(call.say('how many margheritas are left')).toBe('I could not look that up.');
  });

  test('an assistant without tools says so', () => {
    expect(talk({ tools: [] }).say('order a pizza')).toContain('I have no tools yet');
  });

  test('the same history gives the same answer', () => {
    const call = restaurantTalk();
    for (const said of ['two margheritas', 'Mara', 'yes but make it three']) call.say(said);
    const again = structuredClone(call.history.slice(0, -3));
    expect(decide(call.setup, again)).toEqual(decide(call.setup, again));
    expect(decide(call.setup, again)).toEqual({
      type: 'call-tool',
      tool: 'place_order',
      arguments: { item: 'margherita', quantity: 3, pickup_name: 'Mara' },
    });
  });
});

import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import type { FlagCode } from '#src/lib/flags/flag-code.ts';
import { SampleLog } from '#src/lib/flags/testing/sample-log.ts';

/** A call with what a person who read it found wrong with it. */
export type LabelledCall = { name: string; log: CallEvent[]; heard?: HeardFigures; flags: FlagCode[] };

const call = () => new SampleLog();
const heard = (deadAir: HeardFigures['deadAir']): HeardFigures => ({
  replies: [],
  deadAir,
  longestSilenceMs: 0,
  talkOverMs: 0,
  callerMs: 0,
  agentMs: 0,
});
const stock = { item: 'funghi', left: 7 };

/** For each flag a call that shows it, and one that nearly does. */
export const labelledCalls: LabelledCall[] = [
  {
    name: 'all is well',
    log: call()
      .caller('how many funghi are left')
      .tool('check_stock', 'read', 'succeeded', stock)
      .agent('There are 7 funghi left.')
      .caller('thank you goodbye')
      .agent('Goodbye.')
      .hungUp(),
    flags: [],
  },
  {
    name: 'no answer: the caller waits and hangs up',
    log: call().caller('how many funghi are left').wait(4_000).hungUp(),
    flags: ['no-answer'],
  },
  {
    name: 'no answer: the caller has to ask twice',
    log: call()
      .caller('are you open on sunday')
      .wait(5_000)
      .caller('hello are you still on the line')
      .agent('Yes, I am here.')
      .hungUp(),
    flags: ['no-answer'],
  },
  {
    name: 'nearly no answer: says goodbye and hangs up at once',
    log: call().caller('thank you that was all').wait(300).hungUp(),
    flags: [],
  },
  {
    name: 'nearly no answer: goes on after a breath',
    log: call()
      .caller('i would like to know')
      .wait(400)
      .caller('when you open on sunday')
      .agent('I can look that up for you.')
      .hungUp(),
    flags: [],
  },
  {
    name: 'dead air: eight seconds until the answer, by the log',
    log: call().caller('when do you open').agent('Let me see. What day is it about?', 'answer', 8_000).hungUp(),
    flags: ['dead-air'],
  },
  {
    name: 'dead air: only the recording knows',
    log: call().caller('when do you open').agent('Let me see. What day is it about?').hungUp(),
    heard: heard([{ from: 3_000, to: 9_500 }]),
    flags: ['dead-air'],
  },
  {
    name: 'nearly dead air: four seconds',
    log: call().caller('when do you open').agent('Let me see. What day is it about?', 'answer', 4_000).hungUp(),
    heard: heard([{ from: 3_000, to: 7_000 }]),
    flags: [],
  },
  {
    name: 'the same question three times',
    log: call()
      .caller('can i bring my dog to the terrace')
      .agent('What day would you like to come?')
      .caller('but can i bring my dog')
      .agent('What would you like to eat?')
      .caller('can i bring the dog to the terrace please')
      .agent('I am sorry, I can ask a colleague.')
      .hungUp(),
    flags: ['asked-thrice'],
  },
  {
    name: 'nearly three times: three questions of the same form',
    log: call()
      .caller('how many funghi are left')
      .tool('check_stock', 'read', 'succeeded', { left: 7, item: 'funghi' })
      .agent('There are 7 funghi left.')
      .caller('how many margherita are left')
      .tool('check_stock', 'read', 'succeeded', { left: 4, item: 'margherita' })
      .agent('There are 4 margherita left.')
      .caller('how many diavola are left')
      .tool('check_stock', 'read', 'succeeded', { left: 2, item: 'diavola' })
      .agent('There are 2 diavola left.')
      .hungUp(),
    flags: [],
  },
  {
    name: 'unproven claim: booked, says the agent',
    log: call().caller('a table for two at eight').agent('I have booked a table for two at eight.').hungUp(),
    flags: ['unproven-claim'],
  },
  {
    name: 'nearly unproven: the tool did it',
    log: call()
      .caller('a table for two at eight')
      .tool(
        'book_table',
        'write',
        'succeeded',
        { booked: true, guests: 2, time: '20:00' },
        { guests: 2, time: '20:00' },
      )
      .agent('I have booked the table.')
      .hungUp(),
    flags: [],
  },
  {
    name: 'write in doubt',
    log: call()
      .caller('a table for two at eight')
      .tool('book_table', 'write', 'in-doubt')
      .agent('I do not know whether that went through. A colleague will check it and call you back.')
      .hungUp(),
    flags: ['write-in-doubt'],
  },
  {
    name: 'write in doubt: the call ended while it ran',
    log: call()
      .caller('a table for two')
      .tool('book_table', 'write', 'running')
      .agent('One moment.', 'filler')
      .hungUp(),
    flags: ['write-in-doubt'],
  },
  {
    name: 'nearly in doubt: a read that still ran',
    log: call()
      .caller('when do you open')
      .tool('opening_hours', 'read', 'running')
      .agent('One moment.', 'filler')
      .hungUp(),
    flags: [],
  },
  {
    name: 'a tool failed and nothing was offered',
    log: call()
      .caller('when do you open')
      .tool('opening_hours', 'read', 'failed')
      .agent('I cannot see the opening hours.')
      .hungUp(),
    flags: ['left-without-help'],
  },
  {
    name: 'nearly without help: a colleague is offered',
    log: call()
      .caller('when do you open')
      .tool('opening_hours', 'read', 'failed')
      .agent('I could not do that just now. I can ask a colleague to call you back.')
      .hungUp(),
    flags: [],
  },
  {
    name: 'nearly without help: the second try worked',
    log: call()
      .caller('when do you open')
      .tool('opening_hours', 'read', 'failed')
      .tool('opening_hours', 'read', 'succeeded', { opens: '11:00' })
      .agent('We open at 11:00.')
      .hungUp(),
    flags: [],
  },
  {
    name: 'asked for a person',
    log: call().caller('can i talk to a real person').agent('I can ask someone to call you back.').hungUp(),
    flags: ['asked-for-person'],
  },
  {
    name: 'asked for a person, in one word',
    log: call().caller('operator').agent('I can ask someone to call you back.').hungUp(),
    flags: ['asked-for-person'],
  },
  {
    name: 'nearly asked for a person: people are coming',
    log: call().caller('a table for one person please').agent('What time would you like?').hungUp(),
    flags: [],
  },
  {
    name: 'nearly asked for a person: the price per person',
    log: call().caller('what does the menu cost per person').agent('Which menu do you mean?').hungUp(),
    flags: [],
  },
  {
    name: 'loop: the agent asks for the name again and again',
    log: call()
      .caller('book a table')
      .agent('What name shall I put it under?')
      .caller('miller')
      .agent('What name shall I put it under?')
      .caller('m i l l e r')
      .agent('What name shall I put it under?')
      .hungUp(),
    flags: ['loop'],
  },
  {
    name: 'nearly a loop: the same question for three orders',
    log: call()
      .caller('two funghi')
      .agent('Anything else?')
      .caller('one diavola')
      .agent('What would you like to drink?')
      .caller('water')
      .agent('Still or sparkling?')
      .caller('still')
      .agent('Anything else?')
      .caller('a tiramisu')
      .agent('How many would you like?')
      .caller('two')
      .agent('With coffee or without?')
      .caller('without')
      .agent('Anything else?')
      .hungUp(),
    flags: [],
  },
  {
    name: 'nearly a loop: two fillers and a prompt',
    log: call()
      .caller('when do you open')
      .agent('One moment, I am looking that up.', 'filler')
      .agent('One moment, I am looking that up.', 'filler')
      .agent('One moment, I am looking that up.', 'filler')
      .agent('What day do you mean?')
      .hungUp(),
    flags: [],
  },
];

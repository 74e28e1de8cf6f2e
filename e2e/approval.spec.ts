import { expect, test } from '@playwright/test';
import { api, events, eventually, luigi, ofType, place, servers } from '#src/e2e/harness/api.ts';
import { signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { joinSilently } from '#src/e2e/harness/silent-caller.ts';
import { state } from '#src/e2e/harness/state.ts';

test('a write that needs an operator waits for the button on the live page, and the caller hears the outcome [V13] [V10]', async ({
  context,
  page,
}) => {
  const { errors } = watchConsole(page);
  await signIn(context, page);
  const pos = (await servers()).find(({ name }) => name.startsWith('POS'));
  const policy = `/mcp-servers/${pos?.id}/tools/place_order/policy`;
  await api('PUT', policy, { confirmation: 'caller-then-operator' });
  try {
    for (const [button, heard, last] of [
      ['Approve', /^Done\./, 'tool-succeeded'],
      ['Do not do it', /did not approve/, 'tool-declined'],
    ] as const) {
      const placed = await place({ assistantId: (await luigi()).id });
      const { id } = placed;
      const leave = await joinSilently(placed);
      await eventually(id, (log) => ofType(log, 'agent-speech-ended').length === 1);
      const say = async (text: string) => {
        const before = ofType(await events(id), 'agent-speech-ended').length;
        await api('POST', `/calls/${id}/text`, { text });
        const log = await eventually(id, (found) => ofType(found, 'agent-speech-ended').length > before);
        return ofType(log, 'agent-speech-ended').at(-1)?.data.text ?? '';
      };
      await say('I would like to order two margherita pizzas');
      expect(await say('Mara')).toContain('Shall I do that?');
      await page.goto(`${state().url}/calls/${id}`);
      await expect(page.getByRole('button', { name: button, exact: true })).toBeHidden();
      expect(await say('yes')).toMatch(/colleague has to approve/);
      await page.getByRole('button', { name: button, exact: true }).click();
      const log = await eventually(id, (found) =>
        heard.test(ofType(found, 'agent-speech-ended').at(-1)?.data.text ?? ''),
      );
      const order = ofType(log, 'tool-waiting').find((event) => event.data.waitingFor === 'operator');
      const own = log.filter(({ type, toolCallId }) => toolCallId === order?.toolCallId && type !== 'tool-exchanged');
      expect(own.at(-1)?.type).toBe(last);
      expect(ofType(log, 'tool-started')).toHaveLength(last === 'tool-succeeded' ? 1 : 0);
      await expect(page.getByRole('button', { name: button, exact: true })).toBeHidden();
      await expect(api('POST', `/calls/${id}/approvals/${order?.toolCallId}`, { approved: true })).rejects.toThrow(
        /not-waiting/,
      );
      await api('POST', `/calls/${id}/end`);
      await leave();
    }
    expect(errors).toEqual([]);
  } finally {
    await api('PUT', policy, { confirmation: 'caller' });
    await api('POST', '/demo/reset');
  }
});

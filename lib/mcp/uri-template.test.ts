import { expect, test } from 'vitest';
import { fillTemplate, templateNames } from '#src/lib/mcp/uri-template.ts';

test('fills the forms of RFC 6570 that resources use', () => {
  const template = 'files://{+root}/{name}{?page,size}';
  expect(templateNames(template)).toEqual(['root', 'name', 'page', 'size']);
  expect(fillTemplate(template, { root: 'a/b', name: 'x y', size: '5' })).toBe('files://a/b/x%20y?size=5');
  expect(fillTemplate('db://{table}{/id*}', { table: 'a&b', id: '7' })).toBe('db://a%26b/7');
  expect(fillTemplate('plain://x', {})).toBe('plain://x');
});

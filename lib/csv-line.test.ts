import { expect, test } from 'vitest';
import { csvLine } from '#src/lib/csv-line.ts';

test('a line of CSV quotes what it must, and no cell is a formula [C9]', () => {
  expect(csvLine(['plain', 3, -4, null, ''])).toBe('plain,3,-4,,\r\n');
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines'])).toBe('"a,b","say ""hi""","two\nlines"\r\n');
  for (const bad of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uff1d1+1'])
    expect(csvLine([bad]), bad).toMatch(/^"'/);
});

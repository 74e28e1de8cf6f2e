import { spokenWords } from '#src/lib/speech/grammar.ts';

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A whole number from 0 to 9,999 in words: `two thousand forty seven`. Anything else digit by digit. */
export function numberInWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9_999) return digitsInWords(String(value));
  if (value < 20) return small[value] ?? '';
  if (value < 100) return `${tens[Math.trunc(value / 10)]} ${value % 10 === 0 ? '' : small[value % 10]}`.trim();
  const unit = value < 1_000 ? 100 : 1_000;
  const rest = value % unit;
  return `${small[Math.trunc(value / unit)]} ${unit === 100 ? 'hundred' : 'thousand'} ${rest === 0 ? '' : numberInWords(rest)}`.trim();
}

/** `2047` as `two zero four seven`. */
export function digitsInWords(digits: string): string {
  return [...digits]
    .map((digit) => small[Number(digit)] ?? '')
    .filter(Boolean)
    .join(' ');
}

/**
 * The ways in which a text is likely to be said, in the words of a recogniser: numbers, times of day and codes spelled out.
 * At least one, unless there is nothing to say.
 */
export function spokenForms(text: string): string[] {
  const forms = ['number', 'digits', 'pairs'].map((way) =>
    spokenWords(
      text
        .replace(/\b(\d{1,2}):(\d{2})\b/g, (_, hour: string, minute: string) =>
          timeInWords(Number(hour), Number(minute)),
        )
        .replace(/\b(\d*)\s?([ap])\.?m\b\.?/gi, '$1 $2 m')
        .replace(/([A-Za-z])[-–]?(?=\d)/g, '$1 ')
        .replace(/(\d)(?=[A-Za-z])/g, '$1 ')
        .replace(/(\d)[.,](?=\d)/g, '$1 point ')
        .replace(/\d+/g, (digits) => ` ${digitRun(digits, way)} `)
        .replace(/&/g, ' and ')
        .replace(/%/g, ' percent '),
    ).join(' '),
  );
  return [...new Set(forms)].filter((form) => form !== '');
}

/** `20:00` as `eight pm`. */
export function timeInWords(hour: number, minute: number): string {
  const minutes = minute === 0 ? '' : ` ${minute < 10 ? 'oh ' : ''}${numberInWords(minute)}`;
  return `${numberInWords(hour % 12 === 0 ? 12 : hour % 12)}${minutes} ${hour < 12 ? 'a' : 'p'} m`;
}

function digitRun(digits: string, way: string): string {
  if (digits.length === 1) return digitsInWords(digits);
  if (way === 'number' && digits.length <= 4 && !digits.startsWith('0')) return numberInWords(Number(digits));
  if (way === 'pairs' && digits.length === 4 && /^[1-9]\d[1-9]\d$/.test(digits)) {
    return `${numberInWords(Number(digits.slice(0, 2)))} ${numberInWords(Number(digits.slice(2)))}`;
  }
  return digitsInWords(digits);
}

import { readNumber, readOrdinal } from '#src/lib/rehearsal/number-words.ts';

export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
export const months = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
]; // biome-ignore format: twelve names read best in one line

/** A day as `YYYY-MM-DD` and how many words said it. */
export type ReadDay = { day: string; length: number };
/** A time of day as `HH:MM`. `open`: neither morning nor evening was said. */
export type ReadTime = { time: string; open: boolean; length: number };

/** Reads a day at the beginning of some words: `tomorrow`, `next friday`, `the third of may`, `may third`, `2026-05-03`. */
export function readDay(words: readonly string[], now: Date): ReadDay | null {
  const [first = '', second = ''] = words;
  if (/^\d{4}-\d{2}-\d{2}$/.test(first)) return { day: first, length: 1 };
  if (first === 'today' || first === 'tonight') return { day: dayAfter(now, 0), length: 1 };
  if (first === 'tomorrow') return { day: dayAfter(now, 1), length: 1 };
  if (first === 'the' && second === 'day' && words[2] === 'after' && words[3] === 'tomorrow')
    return { day: dayAfter(now, 2), length: 4 };
  const lead = first === 'next' || first === 'this' || first === 'on' ? 1 : 0;
  const weekday = weekdays.indexOf(words[lead]?.replace(/s$/, '') ?? '');
  if (weekday >= 0) {
    const ahead = (weekday - now.getDay() + 7) % 7;
    return { day: dayAfter(now, ahead === 0 ? 7 : ahead), length: lead + 1 };
  }
  if (first === 'in' || first === 'on') {
    const days = first === 'in' ? readNumber(words.slice(1)) : null;
    const unit = days ? words[1 + days.length] : '';
    if (days && /^days?$/.test(unit ?? '')) return { day: dayAfter(now, days.value), length: days.length + 2 };
    if (days && /^weeks?$/.test(unit ?? '')) return { day: dayAfter(now, days.value * 7), length: days.length + 2 };
  }
  return readCalendarDay(words, now);
}

/** Reads a time at the beginning of some words: `20:00`, `eight`, `half past seven`, `quarter to nine`, `7 pm`, `noon`. */
export function readTime(words: readonly string[]): ReadTime | null {
  const lead = words[0] === 'at' || words[0] === 'around' ? 1 : 0;
  const rest = words.slice(lead);
  const [first = ''] = rest;
  if (first === 'noon' || first === 'midday') return { time: '12:00', open: false, length: lead + 1 };
  if (first === 'midnight') return { time: '00:00', open: false, length: lead + 1 };
  const read = readClock(rest);
  if (!read || read.hour > 23 || read.minute > 59) return null;
  const after = rest.slice(read.length);
  const half = readHalf(after);
  let hour = read.hour;
  if (half.half === 'pm' && hour < 12) hour += 12;
  if (half.half === 'am' && hour === 12) hour = 0;
  const open = half.half === null && hour >= 1 && hour <= 12 && !/^0|:/.test(first);
  return { time: clock(hour, read.minute), open, length: lead + read.length + half.length };
}

/** For a time without morning or evening: one to six is the afternoon, the rest as said. */
export function likelyTime(read: ReadTime): string {
  const hour = Number(read.time.slice(0, 2));
  return read.open && hour >= 1 && hour <= 6 ? otherHalf(read.time) : read.time;
}

/** `08:00` for `20:00` and the other way round. */
export function otherHalf(time: string): string {
  return clock((Number(time.slice(0, 2)) + 12) % 24, Number(time.slice(3, 5)));
}

/** `Friday the 21st of November`. Anything else comes back as it is. */
export function sayDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return day;
  const weekday = weekdays[new Date(year, month - 1, date).getDay()] ?? '';
  return `${capital(weekday)} the ${date}${ending(date)} of ${capital(months[month - 1] ?? '')}`;
}

/** `8 pm`, `7:30 am`. */
export function sayTime(time: string): string {
  const hour = Number(time.slice(0, 2));
  const minute = time.slice(3, 5);
  const half = hour < 12 ? 'am' : 'pm';
  return `${hour % 12 === 0 ? 12 : hour % 12}${minute === '00' ? '' : `:${minute}`} ${half}`;
}

function readCalendarDay(words: readonly string[], now: Date): ReadDay | null {
  const start = words[0] === 'on' ? 1 : 0;
  const article = words[start] === 'the' ? start + 1 : start;
  const ordinal = readOrdinal(words.slice(article)) ?? plainDay(words.slice(article));
  if (ordinal) {
    const afterDay = article + ordinal.length;
    const ofMonth = words[afterDay] === 'of' ? afterDay + 1 : afterDay;
    const month = months.indexOf(words[ofMonth] ?? '');
    if (month >= 0) return { day: comingDay(now, month, ordinal.value), length: ofMonth + 1 };
    const isOrdinal = readOrdinal(words.slice(article)) !== null;
    if (isOrdinal && article > start) return { day: comingDay(now, null, ordinal.value), length: afterDay };
  }
  const month = months.indexOf(words[start] ?? '');
  if (month < 0) return null;
  const afterMonth = words[start + 1] === 'the' ? start + 2 : start + 1;
  const day = readOrdinal(words.slice(afterMonth)) ?? plainDay(words.slice(afterMonth));
  return day ? { day: comingDay(now, month, day.value), length: afterMonth + day.length } : null;
}

function plainDay(words: readonly string[]): { value: number; length: number } | null {
  const read = readNumber(words);
  return read && Number.isInteger(read.value) && read.value >= 1 && read.value <= 31 ? read : null;
}

/** The next such day from today on; without a month, of this month or the next. */
function comingDay(now: Date, month: number | null, date: number): string {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const found = new Date(now.getFullYear(), month ?? now.getMonth(), date);
  if (found < today) {
    if (month === null) found.setMonth(found.getMonth() + 1);
    else found.setFullYear(found.getFullYear() + 1);
  }
  return iso(found);
}

function readClock(words: readonly string[]): { hour: number; minute: number; length: number } | null {
  const [first = '', second = '', third = ''] = words;
  const written = /^(\d{1,2})[:.](\d{2})(am|pm)?$/.exec(first);
  if (written) return { hour: Number(written[1]), minute: Number(written[2]), length: 1 };
  if (first === 'half' && second === 'past') {
    const hour = readNumber(words.slice(2));
    return hour ? { hour: hour.value, minute: 30, length: 2 + hour.length } : null;
  }
  if (first === 'quarter' || (first === 'a' && second === 'quarter')) {
    const at = first === 'a' ? 2 : 1;
    const hour = readNumber(words.slice(at + 1));
    if (hour && words[at] === 'past') return { hour: hour.value, minute: 15, length: at + 1 + hour.length };
    if (hour && words[at] === 'to') return { hour: (hour.value + 23) % 24, minute: 45, length: at + 1 + hour.length };
    return null;
  }
  const joined = /^(\d{1,2})(am|pm)$/.exec(first);
  if (joined) return { hour: (Number(joined[1]) % 12) + (joined[2] === 'pm' ? 12 : 0), minute: 0, length: 1 };
  const hour = readNumber([first]);
  if (!hour || !Number.isInteger(hour.value)) return null;
  if (second === "o'clock" || (second === 'o' && third === 'clock'))
    return { hour: hour.value, minute: 0, length: second === 'o' ? 3 : 2 };
  if (second === 'hundred') return { hour: hour.value, minute: 0, length: third === 'hours' ? 3 : 2 };
  const minute = readNumber(second === 'oh' ? [third] : words.slice(1, 3));
  if (minute && (second === 'oh' || minute.value >= 10) && minute.value < 60) {
    return { hour: hour.value, minute: minute.value, length: 1 + minute.length + (second === 'oh' ? 1 : 0) };
  }
  return { hour: hour.value, minute: 0, length: 1 };
}

function readHalf(words: readonly string[]): { half: 'am' | 'pm' | null; length: number } {
  const [first = '', second = '', third = ''] = words;
  if (first === 'am' || first === 'pm') return { half: first, length: 1 };
  if ((first === 'a' || first === 'p') && second === 'm') return { half: first === 'a' ? 'am' : 'pm', length: 2 };
  if (first === 'tonight') return { half: 'pm', length: 0 };
  if (first === 'in' && second === 'the') {
    if (third === 'morning') return { half: 'am', length: 3 };
    if (third === 'afternoon' || third === 'evening') return { half: 'pm', length: 3 };
  }
  return { half: null, length: 0 };
}

function dayAfter(now: Date, days: number): string {
  return iso(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}

function iso(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function clock(hour: number, minute: number): string {
  return `${two(hour)}:${two(minute)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function ending(date: number): string {
  if (date >= 11 && date <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][date % 10] ?? 'th';
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

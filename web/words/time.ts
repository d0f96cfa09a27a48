const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** `14:06`, or `14:06:12` with seconds. Local, 24 h. */
export function clock(time: number, seconds = false): string {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}${seconds ? `:${two(date.getSeconds())}` : ''}`;
}

/** `14:32:08.412` */
export function clockMillis(time: number): string {
  return `${clock(time, true)}.${String(new Date(time).getMilliseconds()).padStart(3, '0')}`;
}

/** `19 Nov`, or `Thu 19 Nov` with the weekday. */
export function day(time: number, weekday = false): string {
  const date = new Date(time);
  return `${weekday ? `${DAYS[date.getDay()]} ` : ''}${date.getDate()} ${MONTHS[date.getMonth()]}`;
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** One moment in a sentence: `14:06:12` today, else `Thu 19 Nov, 14:06:12`. */
export function moment(time: number, now: number, seconds = true): string {
  return sameDay(time, now) ? clock(time, seconds) : `${day(time, true)}, ${clock(time, seconds)}`;
}

/** ISO 8601 with the local zone, for titles: `2026-11-19T14:06:12.118+01:00`. */
export function iso(time: number): string {
  const offset = -new Date(time).getTimezoneOffset();
  const local = new Date(time + offset * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `34 min`, `5 min 20 s`, `12 d`: at most two parts, the second only below ten of the first. */
export function lasting(millis: number): string {
  const parts: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ];
  for (let i = 0; i < parts.length; i++) {
    const [size, unit] = parts[i];
    const whole = Math.floor(millis / size);
    if (whole === 0 && i < parts.length - 1) continue;
    const next = parts[i + 1];
    const rest = next === undefined || whole >= 10 ? 0 : Math.floor((millis - whole * size) / next[0]);
    return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${next[1]}`;
  }
  return '0 s';
}

/** How long ago, in lists: `now`, `6 min`, `2 h`, `3 d`. */
export function ago(time: number, now: number): string {
  const age = now - time;
  if (age < 1500) return 'now';
  return lasting(age).split(' ').slice(0, 2).join(' ');
}

/** `3 min ago`, `just now`. */
export function agoText(time: number, now: number): string {
  const text = ago(time, now);
  return text === 'now' ? 'just now' : `${text} ago`;
}

/** `11:32 to 14:32`, with the days where they differ or are not today; seconds when the window is short. */
export function span(from: number, until: number, now: number): string {
  const seconds = until - from < 600_000;
  if (sameDay(from, until)) return `${sameDay(from, now) ? '' : `${day(from)}, `}${clock(from, seconds)} to ${clock(until, seconds)}`;
  return `${day(from)}, ${clock(from)} to ${day(until)}, ${clock(until)}`;
}

/** For `<input type="datetime-local">`. */
export function fieldTime(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${clock(time, true)}`;
}

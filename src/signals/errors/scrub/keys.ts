/** Anywhere in a key, whatever stands between its letters. */
const STRONG = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'apikey',
  'privatekey',
  'credential',
  'mysqlpwd',
  'accesstoken',
  'refreshtoken',
  'authtoken',
  'sessionid',
  'sessid',
  'csrf',
  'xsrf',
  'twofactor',
  'stripetoken',
  'cardnumber',
  'creditcard',
  'authorization',
];
/** Only as a word of its own: `author`, `tokens_used` and `passenger` are nothing to hide. */
const WORDS = new Set(['auth', 'token', 'jwt', 'bearer', 'pwd', 'pass', 'otp', 'totp', 'mfa', 'pin', 'cvv', 'cvc', 'cvv2', 'ssn', 'iban', 'cookie']);
/** In the names of cookies. */
const COOKIES = ['sess', 'sid', 'auth', 'token', 'remember', 'login', 'jwt'];

const MOST_KEY = 256;

/** True for a key by whose name its value is a secret. */
export function isSensitiveKey(key: string): boolean {
  return isStrongKey(key) || wordsOf(key.slice(0, MOST_KEY)).some((word) => WORDS.has(word));
}

/** True for a key that means a secret even in prose, as in `password: …`. */
export function isStrongKey(key: string): boolean {
  const letters = lettersOf(key);
  return letters === 'cookie' || letters === 'setcookie' || STRONG.some((part) => letters.includes(part));
}

export function isSensitiveCookie(name: string): boolean {
  const letters = lettersOf(name);
  return isSensitiveKey(name) || COOKIES.some((part) => letters.includes(part));
}

/** Without case and without what is neither letter nor digit. */
export const lettersOf = (key: string): string =>
  key
    .slice(0, MOST_KEY)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');

/** `userAuth-Token2` is `user`, `auth`, `token2`. */
const wordsOf = (key: string): string[] =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

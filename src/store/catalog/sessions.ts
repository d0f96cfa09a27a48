/** Where people are signed in; part of the catalog. All times are milliseconds since 1970. */
export interface Sessions {
  /** Remembers a session by the SHA-256 of what the browser keeps; of more than 50 of a person the one that was not used for longest ends. */
  open(session: Pick<Session, 'person' | 'agent' | 'address'>, hash: string, now: number): Promise<Session>;
  /** The one that holds at `now`. */
  find(hash: string, now: number): Promise<Session | undefined>;
  /** It was used; what is less than an hour later than what is known is not written. */
  used(id: number, now: number): Promise<void>;
  /** Those of a person that hold at `now`, the one used last first. */
  of(person: number, now: number): Promise<Session[]>;
  /** Resolves to whether it was there. From then on nobody is let in by it. */
  close(id: number): Promise<boolean>;
  /** All of a person, but for one. */
  closeAll(person: number, except?: number): Promise<void>;
}

export interface Session {
  id: number;
  person: number;
  created: number;
  /** To the hour. */
  used: number;
  /** The browser's User-Agent. */
  agent: string;
  address: string;
}

export const MOST_SESSIONS = 50;
const DAY = 86_400_000;
/** A session that nobody uses ends after so long. */
export const IDLE = 14 * DAY;
/** Every session ends after so long. */
export const LONGEST = 90 * DAY;

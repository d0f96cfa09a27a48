const KIB = 1024;
const MIB = 1_048_576;

/** Most bytes of an item, as Sentry's Relay has them (https://docs.sentry.io/concepts/data-management/size-limits/). */
const MOST: Record<string, number> = {
  attachment: 100 * MIB,
  check_in: 100 * KIB,
  client_report: 4 * KIB,
  minidump: 100 * MIB,
  profile: 50 * MIB,
  profile_chunk: 50 * MIB,
  replay_recording: 10 * MIB,
  replay_video: 10 * MIB,
};

/** Most bytes of an item of a type; of a type that is not known, as many as of an event. */
export const mostBytesOf = (type: string): number => (Object.hasOwn(MOST, type) ? MOST[type] : MIB);

// What JavaScript sees of the module; ../aggregation.ts wraps it.

export { init, records, pages, input, scratch, headers, senders, vectors, packets, overflow } from './layout';
export { setHistograms } from './groups';
export { enter, release, seriesInUse } from './series';
export { cursor, pendingName, pendingNameBytes, pendingTags, pendingTagBytes, pendingKind, lines, refused, clearParsed, skipLine } from './parse';
export { startPackets, startInput, resume, batchBytes, cutPackets } from './batch';
export { applyNumber, applyMember, swap, flushedBank, isBusy, gaugeAtEnd, clearBank, clearBoth, samplesDropped, membersDropped, clearDrops } from './values';
export { copySamples } from './timers';

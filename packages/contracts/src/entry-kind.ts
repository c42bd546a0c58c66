/** What is kept in storage: a part of an entry's place there, and of the row that counts it. */
export const ENTRY_KINDS = [
  'source',
  'ingest',
  'speech-phrase',
  'voiceover',
  'preview',
  'thumbnail',
  'export',
  'logo',
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** What file systems and their tools refuse in names or take for something else, and signs that turn the direction of a name around. */
const UNSAFE = /[\p{Cc}<>:"/\\|?*\u202a-\u202e\u2066-\u2069]/gu
/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** File systems take 255 bytes; the rest is for the ending and for a number. */
const MOST_BYTES = 200

/** File names for exports, in their order: of any script, fit for every file system, and none twice, whatever the case. */
export function namesInArchive(names: readonly string[], ending: string): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = safeName(name)
    for (let number = 1; ; number += 1) {
      const candidate = `${plain}${number === 1 ? '' : ` (${number})`}${ending}`
      if (taken.has(candidate.toLowerCase())) continue
      taken.add(candidate.toLowerCase())
      return candidate
    }
  })
}

function safeName(name: string): string {
  const plain = shortened(name.toWellFormed().normalize('NFC').replaceAll(UNSAFE, '_'))
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '')
  if (plain === '') return 'export'
  return DEVICE.test(plain) ? `_${plain}` : plain
}

/** As many whole characters as fit. */
function shortened(name: string): string {
  let bytes = 0
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > MOST_BYTES) break
    short += segment
  }
  return short
}

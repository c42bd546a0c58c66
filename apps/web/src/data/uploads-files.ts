/** Files as people bring them: dropped, alone or in folders, or chosen. */

/** A file that was brought, with what the browser needs to open it by itself after a reload where it can. */
export interface Brought {
  readonly file: File
  readonly handle: FileSystemFileHandle | null
}

const EXTENSIONS = new Set(
  (
    '3g2 3gp avi dv f4v flv m2ts m2v m4v mkv mov mp4 mpeg mpg mts mxf ogv ts vob webm wmv ' +
    'aac aif aiff flac m4a mka mp3 oga ogg opus wav wma'
  ).split(' '),
)
/** Kept out silently: what systems leave in folders. */
const LITTER = /^(\.|Thumbs\.db$|desktop\.ini$)/i

/** Whether a file may be a recording, by its type and its name; what it really holds, the server says. */
export const isRecording = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
  /^(video|audio)\//.test(type) || EXTENSIONS.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase())

/** What was brought and not taken in. */
export interface Notice {
  /** Names of what is no recording, and of what could not be read. Both empty where there was nothing at all. */
  readonly leftOut: readonly string[]
  readonly unread: readonly string[]
}

/** Recordings, and what there is to say of the rest. */
export function sortOut({ files, unread }: Found): {
  readonly recordings: readonly Brought[]
  readonly notice: Notice | null
} {
  const seen = files.filter(({ file }) => !LITTER.test(file.name))
  const recordings = seen.filter(({ file }) => isRecording(file))
  const leftOut = seen.filter(({ file }) => !isRecording(file)).map(({ file }) => file.name)
  const isAll = recordings.length > 0 && leftOut.length + unread.length === 0
  return { recordings, notice: isAll ? null : { leftOut, unread } }
}

const NAMED = 3

/** `notes.txt, cover.jpg and 4 more`. */
export function someNames(names: readonly string[]): string {
  const named = names.length > NAMED + 1 ? names.slice(0, NAMED) : names
  const rest = names.length - named.length
  if (rest > 0) return `${named.join(', ')} and ${rest} more`
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
}

/** Chromium's way to files that it can open again. */
interface HandleItem {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>
}

/** What was found where somebody pointed to. */
export interface Found {
  readonly files: readonly Brought[]
  /** Names of files and folders that the browser could not read. */
  readonly unread: readonly string[]
}

const together = (found: readonly Found[]): Found => ({
  files: found.flatMap(({ files }) => files),
  unread: found.flatMap(({ unread }) => unread),
})

/** One file; what cannot be read does not keep the others out. */
const one = async (
  name: string,
  handle: FileSystemFileHandle | null,
  read: () => Promise<File>,
): Promise<Found> => {
  try {
    return { files: [{ file: await read(), handle }], unread: [] }
  } catch {
    return { files: [], unread: [name] }
  }
}

/** All of a folder, as far as it can be read. */
async function folder<T>(
  name: string,
  inners: AsyncIterable<T>,
  filesOf: (inner: T) => Promise<Found>,
): Promise<Found> {
  const found: Found[] = []
  try {
    for await (const inner of inners) found.push(await filesOf(inner))
  } catch {
    found.push({ files: [], unread: [name] })
  }
  return together(found)
}

/** All files of a drop, out of folders too. To be called within the event: afterwards, it is empty. */
export async function droppedFiles({ items }: Pick<DataTransfer, 'items'>): Promise<Found> {
  const found = [...items]
    .filter(({ kind }) => kind === 'file')
    .map(async (item) => {
      const entry = item.webkitGetAsEntry()
      const file = item.getAsFile()
      const handle = await (item as HandleItem).getAsFileSystemHandle?.().catch(() => null)
      if (handle) return filesOfHandle(handle)
      if (entry) return filesOfEntry(entry)
      return together(file ? [{ files: [{ file, handle: null }], unread: [] }] : [])
    })
  return together(await Promise.all(found))
}

function filesOfHandle(handle: FileSystemHandle): Promise<Found> {
  if (handle.kind === 'directory')
    return folder(handle.name, (handle as FileSystemDirectoryHandle).values(), filesOfHandle)
  const fileHandle = handle as FileSystemFileHandle
  return one(handle.name, fileHandle, () => fileHandle.getFile())
}

function filesOfEntry(entry: FileSystemEntry): Promise<Found> {
  if (entry.isDirectory) return folder(entry.name, entriesOf(entry as FileSystemDirectoryEntry), filesOfEntry)
  return one(
    entry.name,
    null,
    () => new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
  )
}

async function* entriesOf(entry: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = entry.createReader()
  for (;;) {
    // A folder is read in parts; an empty one is the end.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (part.length === 0) return
    yield* part
  }
}

/** Chromium's dialog gives files that it can open again; the others have a field of a form. */
type OpenPicker = (options: { readonly multiple: boolean }) => Promise<FileSystemFileHandle[]>
const openPicker = (): OpenPicker | undefined =>
  (window as { readonly showOpenFilePicker?: OpenPicker }).showOpenFilePicker

/** Lets a person choose files; `null` where they chose none. To be called within a click. */
export async function chooseFiles({ multiple }: { readonly multiple: boolean }): Promise<Found | null> {
  const open = openPicker()
  if (open === undefined) return chooseByField({ multiple })
  try {
    return together(await Promise.all((await open.call(window, { multiple })).map(filesOfHandle)))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}

/** All files of a folder that a person chooses. To be called within a click. */
export const chooseFolder = (): Promise<Found | null> => chooseByField({ webkitdirectory: true })

function chooseByField(options: Partial<Pick<HTMLInputElement, 'multiple' | 'webkitdirectory'>>) {
  const field = Object.assign(document.createElement('input'), { type: 'file', ...options })
  return new Promise<Found | null>((resolve) => {
    field.addEventListener('change', () =>
      resolve({ files: [...(field.files ?? [])].map((file) => ({ file, handle: null })), unread: [] }),
    )
    field.addEventListener('cancel', () => resolve(null))
    field.click()
  })
}

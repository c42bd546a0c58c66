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

/** Recordings, and the names of what is left out. */
export function sortOut<T extends { readonly file: Pick<File, 'name' | 'type'> }>(brought: readonly T[]) {
  const seen = brought.filter(({ file }) => !LITTER.test(file.name))
  return {
    recordings: seen.filter(({ file }) => isRecording(file)),
    leftOut: seen.filter(({ file }) => !isRecording(file)).map(({ file }) => file.name),
  }
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

/** All files of a drop, out of folders too. To be called within the event: afterwards, it is empty. */
export async function droppedFiles({ items }: DataTransfer): Promise<Brought[]> {
  const found = [...items]
    .filter(({ kind }) => kind === 'file')
    .map(async (item) => {
      const entry = item.webkitGetAsEntry()
      const file = item.getAsFile()
      const handle = await (item as HandleItem).getAsFileSystemHandle?.().catch(() => null)
      if (handle) return filesOfHandle(handle)
      if (entry) return filesOfEntry(entry)
      return file ? [{ file, handle: null }] : []
    })
  return (await Promise.all(found)).flat()
}

async function filesOfHandle(handle: FileSystemHandle): Promise<Brought[]> {
  if (handle.kind === 'file') {
    const fileHandle = handle as FileSystemFileHandle
    return [{ file: await fileHandle.getFile(), handle: fileHandle }]
  }
  const found: Brought[] = []
  for await (const inner of (handle as FileSystemDirectoryHandle).values())
    found.push(...(await filesOfHandle(inner)))
  return found
}

async function filesOfEntry(entry: FileSystemEntry): Promise<Brought[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    return [{ file, handle: null }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: Brought[] = []
  for (;;) {
    // A folder is read in parts; an empty one is the end.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (part.length === 0) return found
    for (const inner of part) found.push(...(await filesOfEntry(inner)))
  }
}

/** Chromium's dialog gives files that it can open again; the others have a field of a form. */
type OpenPicker = (options: { readonly multiple: boolean }) => Promise<FileSystemFileHandle[]>
const openPicker = (): OpenPicker | undefined =>
  (window as { readonly showOpenFilePicker?: OpenPicker }).showOpenFilePicker

/** Lets a person choose files; empty where they chose none. To be called within a click. */
export async function chooseFiles({ multiple }: { readonly multiple: boolean }): Promise<Brought[]> {
  const open = openPicker()
  if (open === undefined) return chooseByField({ multiple })
  try {
    const handles = await open.call(window, { multiple })
    return await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return []
    throw error
  }
}

/** All files of a folder that a person chooses. To be called within a click. */
export const chooseFolder = (): Promise<Brought[]> => chooseByField({ webkitdirectory: true })

function chooseByField(options: Partial<Pick<HTMLInputElement, 'multiple' | 'webkitdirectory'>>) {
  const field = Object.assign(document.createElement('input'), { type: 'file', ...options })
  return new Promise<Brought[]>((resolve) => {
    field.addEventListener('change', () =>
      resolve([...(field.files ?? [])].map((file) => ({ file, handle: null }))),
    )
    field.addEventListener('cancel', () => resolve([]))
    field.click()
  })
}

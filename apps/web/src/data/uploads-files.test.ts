import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Brought, droppedFiles, isRecording, someNames, sortOut } from './uploads-files.ts'

describe('isRecording', () => {
  it('goes by the type, or by the end of the name', () => {
    assert.equal(isRecording({ name: 'a', type: 'video/mp4' }), true)
    assert.equal(isRecording({ name: 'A.MKV', type: '' }), true)
    assert.equal(isRecording({ name: 'voice.flac', type: '' }), true)
    assert.equal(isRecording({ name: 'cover.jpg', type: 'image/jpeg' }), false)
    assert.equal(isRecording({ name: 'mp4', type: '' }), true)
    assert.equal(isRecording({ name: 'README', type: '' }), false)
  })
})

const brought = (...names: string[]) => names.map((name) => ({ file: new File([''], name), handle: null }))
const namesOf = (files: readonly Brought[]) => files.map(({ file }) => file.name)

describe('sortOut', () => {
  it('leaves out what is no recording, and does not speak of what systems leave in folders', () => {
    const files = brought('a.mp4', '.DS_Store', 'Thumbs.db', 'notes.txt', '._a.mp4')
    const { recordings, notice } = sortOut({ files, unread: ['b.mp4'] })
    assert.deepEqual(namesOf(recordings), ['a.mp4'])
    assert.deepEqual(notice, { leftOut: ['notes.txt'], unread: ['b.mp4'] })
  })

  it('says nothing where all is taken in, and that there was nothing where there was nothing', () => {
    assert.equal(sortOut({ files: brought('a.mp4', '.DS_Store'), unread: [] }).notice, null)
    assert.deepEqual(sortOut({ files: brought('.DS_Store'), unread: [] }).notice, { leftOut: [], unread: [] })
  })
})

describe('droppedFiles', () => {
  const gone = () => Promise.reject(new DOMException('It is gone.', 'NotFoundError'))
  const dropped = (items: object[]) =>
    droppedFiles({ items: items.map((item) => ({ kind: 'file', getAsFile: () => null, ...item })) } as never)

  /** A folder as Chromium hands it over. */
  const folder = (name: string, ...inner: object[]) => ({
    ...{ kind: 'directory', name },
    async *values() {
      yield* inner
    },
  })
  const file = (name: string) => ({ kind: 'file', name, getFile: async () => new File([''], name) })
  const handled = (handle: object) => ({
    webkitGetAsEntry: () => null,
    getAsFileSystemHandle: async () => handle,
  })

  it('takes the others where one of them, or a folder among them, cannot be read', async () => {
    const locked = { ...folder('locked'), values: () => ({ [Symbol.asyncIterator]: () => ({ next: gone }) }) }
    const shots = folder('shots', file('a.mp4'), { ...file('b.mp4'), getFile: gone }, locked, file('c.mp4'))
    const { files, unread } = await dropped([handled(shots), handled(file('d.mp4'))])
    assert.deepEqual(namesOf(files), ['a.mp4', 'c.mp4', 'd.mp4'])
    assert.deepEqual(unread, ['b.mp4', 'locked'])
  })

  /** The same as other browsers do: a folder is read in parts, the last of which is empty. */
  const entry = (name: string, ...parts: object[][]) => ({
    ...{ isDirectory: true, name },
    createReader: () => {
      const rest = [...parts, []]
      return { readEntries: (done: (part: unknown) => void) => done(rest.shift()) }
    },
  })
  const leaf = (name: string, isThere = true) => ({
    ...{ isDirectory: false, name },
    file: (done: (file: File) => void, failed: (reason: Error) => void) =>
      isThere ? done(new File([''], name)) : failed(new Error('It is gone.')),
  })

  it('reads folders in folders to their end', async () => {
    const shots = entry('shots', [leaf('a.mp4'), entry('inner', [leaf('b.mp4')])], [leaf('c.mp4', false)])
    const { files, unread } = await dropped([{ webkitGetAsEntry: () => shots }])
    assert.deepEqual(namesOf(files), ['a.mp4', 'b.mp4'])
    assert.deepEqual(unread, ['c.mp4'])
    const nothing = { files: [], unread: [] }
    assert.deepEqual(await dropped([{ webkitGetAsEntry: () => entry('empty') }]), nothing)
  })
})

describe('someNames', () => {
  it('names a few', () => {
    assert.equal(someNames(['a']), 'a')
    assert.equal(someNames(['a', 'b']), 'a and b')
    assert.equal(someNames(['a', 'b', 'c', 'd']), 'a, b, c and d')
    assert.equal(someNames(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more')
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Upload } from '../../data/uploads.ts'
import { noticeWords, trayWords, uploadWords } from './upload-words.ts'

const upload = (more: Partial<Upload>): Upload => ({
  ...{ id: 'a', name: 'a.mp4', sizeBytes: 10_000_000, sentBytes: 4_000_000, state: 'sending' },
  ...{ problem: null, sourceId: null, reopens: false },
  ...more,
})

describe('uploadWords', () => {
  it('says where an upload is', () => {
    assert.equal(uploadWords(upload({})), '4.0 MB of 10.0 MB')
    assert.equal(uploadWords(upload({ state: 'paused' })), 'Paused at 40 %')
    assert.equal(
      uploadWords(upload({ state: 'stopped' })),
      'Stopped at 40 %. Choose the file again to go on.',
    )
  })

  it('says why one was refused, without its name, which stands above', () => {
    const problem = { message: '"a.mp4" is a text.', remedy: 'Use a video.' }
    assert.equal(uploadWords(upload({ state: 'refused', problem })), 'Is a text. Use a video.')
  })
})

describe('an upload that is tried again', () => {
  it('says why, where it is not the connection', () => {
    assert.equal(uploadWords(upload({ state: 'stalled' })), 'No connection at 40 %. Trying again…')
    const problem = { message: 'More than 10 requests came in a short time.', remedy: 'Wait.' }
    const refused = upload({ state: 'stalled', problem })
    assert.equal(uploadWords(refused), 'More than 10 requests came in a short time. Trying again…')
    assert.equal(trayWords([refused], null).detail, 'It goes on by itself.')
  })
})

describe('noticeWords', () => {
  it('has a sentence for each reason', () => {
    assert.deepEqual(noticeWords({ leftOut: ['a.txt'], unread: ['b.mp4', 'c.mp4'] }), [
      'Left out: a.txt. It is neither video nor sound.',
      'Could not be read: b.mp4 and c.mp4. Look whether they are still there, then add them again.',
    ])
    assert.deepEqual(noticeWords({ leftOut: [], unread: [] }), ['There was no file in it.'])
  })
})

describe('trayWords', () => {
  it('says how fast it goes and how long that takes', () => {
    const { title, detail } = trayWords([upload({}), upload({ state: 'done' })], 500_000)
    assert.equal(title, 'Uploading, 1 of 2 done')
    assert.equal(detail, '500 kB/s · 12 s left')
  })

  it('says what is to be done after a reload', () => {
    const { title, detail } = trayWords([upload({ state: 'stopped' })], null)
    assert.equal(title, '1 upload stopped')
    assert.equal(detail, '')
  })

  it('says what went wrong in the end', () => {
    const { title } = trayWords([upload({ state: 'refused' }), upload({ state: 'done' })], null)
    assert.equal(title, '1 file not added')
  })

  it('does not call uploaded what was there', () => {
    const known = upload({ state: 'known' })
    assert.equal(trayWords([known], null).title, 'In your sources already')
    assert.equal(trayWords([known, upload({ state: 'done' })], null).title, '2 files uploaded')
  })
})

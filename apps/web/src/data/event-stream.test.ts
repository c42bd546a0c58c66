import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { followStream } from './event-stream.ts'

class FakeStream extends EventTarget {
  static readonly CLOSED = 2
  static all: FakeStream[] = []
  readyState = 0
  constructor() {
    super()
    FakeStream.all.push(this)
  }
  say(type: string, data = '{}') {
    if (type === 'open') this.readyState = 1
    this.dispatchEvent(Object.assign(new Event(type), { data }))
  }
  close() {
    this.readyState = FakeStream.CLOSED
  }
}

const page = Object.assign(new EventTarget(), { hidden: false })
function look(hidden: boolean) {
  page.hidden = hidden
  page.dispatchEvent(new Event('visibilitychange'))
}
/** A clock that jumps would look like a machine that was asleep. */
function pass(seconds: number) {
  for (let second = 0; second < seconds; second++) mock.timers.tick(1000)
}
/** How many streams were opened, and whether the last one still is. */
const streams = () => [FakeStream.all.length, FakeStream.all.at(-1)?.readyState !== FakeStream.CLOSED]
const newest = () => FakeStream.all.at(-1) as FakeStream

const heard: string[] = []
let stop = () => {}

beforeEach(() => {
  const on = () => {}
  Object.assign(globalThis, { EventSource: FakeStream, document: page })
  Object.assign(globalThis, { addEventListener: on, removeEventListener: on })
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  FakeStream.all = []
  heard.length = 0
  page.hidden = false
  stop = followStream('/events', {
    on: { job: (data) => heard.push(data) },
    onBack: () => heard.push('back'),
    onRefused: () => heard.push('refused'),
  })
  newest().say('open')
})
afterEach(() => {
  stop()
  mock.timers.reset()
})

test('a stream that is silent for 45 seconds is opened anew, one that says that it is quiet is not', () => {
  for (let seconds = 0; seconds < 120; seconds += 15) {
    newest().say('quiet')
    pass(15)
  }
  assert.deepEqual([streams(), heard], [[1, true], []])
  pass(40)
  assert.deepEqual(streams(), [2, true])
  assert.equal(FakeStream.all[0]?.readyState, FakeStream.CLOSED)
  newest().say('open')
  newest().say('job', 'a')
  assert.deepEqual(heard, ['back', 'a'])
})

test('a stream that nobody looks at is given back, and opened anew once somebody does', () => {
  look(true)
  pass(5)
  look(false)
  pass(30)
  assert.deepEqual(streams(), [1, true], 'a glance at another tab')
  newest().say('quiet')
  look(true)
  pass(120)
  assert.deepEqual(streams(), [1, false])
  look(false)
  newest().say('open')
  assert.deepEqual([streams(), heard], [[2, true], ['back']])
})

test('a stream that is refused is tried again', () => {
  newest().close()
  newest().say('error')
  pass(3)
  assert.deepEqual([streams(), heard], [[2, true], ['refused']])
})

test('a stream that was left is not opened anew', () => {
  newest().close()
  newest().say('error')
  stop()
  pass(120)
  assert.deepEqual(streams(), [1, false])
})

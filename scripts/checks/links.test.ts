import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findLinkProblems } from './links.ts'

function problems(texts: Record<string, string>, pictures: string[] = []): string[] {
  return findLinkProblems(new Map(Object.entries(texts)), new Set([...Object.keys(texts), ...pictures]))
}

test('links to files, folders, pictures, headings and the network are fine', () => {
  const readme = [
    '[guide](docs/guide.md) [again](./docs/) [part](docs/guide.md#the-second-part-1) [own](#top)',
    '![picture](docs/a.png "title") [web](https://example.org/x) <img src="docs/a.png" alt="">',
    '# Top',
    '[label]: docs/guide.md',
  ].join('\n')
  const guide = '## The `second` part\n## The second part\n[up](../README.md)'
  assert.deepEqual(problems({ 'README.md': readme, 'docs/guide.md': guide }, ['docs/a.png']), [])
})

test('a link in code is no link', () => {
  assert.deepEqual(problems({ 'README.md': '`[a](b.md)`\n```\n[a](b.md)\n```\n' }), [])
})

test('a link to nothing is a problem, to a file or to a heading', () => {
  assert.deepEqual(
    problems({ 'README.md': '[a](gone.md) [b](#gone) [c](docs/x.md#gone)', 'docs/x.md': '# Here' }),
    [
      'README.md links to gone.md, which is not there.',
      'README.md links to #gone, but README.md has no such heading.',
      'README.md links to docs/x.md#gone, but docs/x.md has no such heading.',
    ],
  )
})

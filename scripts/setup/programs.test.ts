import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeFfmpeg, searchPath, surveyPrograms } from './programs.mjs'

const banner = (
  version: string,
  libavutil: string,
  flags = '--enable-libx264 --enable-libass --enable-libzimg',
): string =>
  `ffmpeg version ${version} Copyright (c) 2000-2025 the FFmpeg developers
built with gcc 12 (Debian 12.2.0-14)
configuration: --prefix=/usr --enable-gpl ${flags} --enable-shared
libavutil      ${libavutil} / ${libavutil}
libavcodec     59. 37.100 / 59. 37.100
`

test('FFmpeg 5.1 to 8 will do, builds from git included', () => {
  assert.equal(judgeFfmpeg(banner('5.1.9-0+deb12u1', '57. 28.100')), null)
  assert.equal(judgeFfmpeg(banner('6.1.1-3ubuntu5', '58. 29.100')), null)
  assert.equal(judgeFfmpeg(banner('8.0', '60.  8.100')), null)
  assert.equal(judgeFfmpeg(banner('N-121234-g0123abcd', '60. 13.100')), null)
})

test('an older or newer FFmpeg is refused by its version', () => {
  assert.match(
    judgeFfmpeg(banner('4.4.2-0ubuntu0.22.04.1', '56. 70.100')) ?? '',
    /4\.4\.2.*too old.*5\.1 to 8/,
  )
  assert.match(judgeFfmpeg(banner('5.0.1', '57. 17.100')) ?? '', /5\.0\.1.*too old/)
  assert.match(judgeFfmpeg(banner('9.0', '61.  2.100')) ?? '', /9\.0.*newer/)
  assert.equal(judgeFfmpeg('usage: ffmpeg'), 'does not say its version')
})

test('a missing library is named', () => {
  const complaint = judgeFfmpeg(banner('7.1', '59. 39.100', '--enable-libass'))
  assert.equal(complaint, 'is 7.1, built without libx264 and libzimg, which Cutroom needs')
})

test('on macOS the folders of the complete ffmpeg come first', () => {
  assert.equal(searchPath('linux', '/usr/bin'), '/usr/bin')
  assert.match(searchPath('darwin', '/usr/bin'), /ffmpeg-full.*:\/usr\/bin$/)
})

test('programs that are not on the PATH are absent, and macOS needs neither sandbox nor limits', async () => {
  const onLinux = await surveyPrograms('/nonexistent', 'linux', {})
  assert.deepEqual(
    onLinux.map(({ name, problem }) => [name, problem?.kind]),
    ['ffmpeg', 'ffprobe', 'espeak-ng', 'prlimit', 'bwrap'].map((name) => [name, 'absent']),
  )
  const onMac = await surveyPrograms('/nonexistent', 'darwin', {})
  assert.deepEqual(
    onMac.map(({ name }) => name),
    ['ffmpeg', 'ffprobe', 'espeak-ng'],
  )
})

test('a browser is asked for by those commands alone that need one', async () => {
  const survey = await surveyPrograms('/nonexistent', 'linux', {}, ['studio', 'chromium'])
  assert.deepEqual(survey.at(-1), {
    name: 'chromium',
    problem: { kind: 'absent', sentence: 'chromium is not installed.' },
  })
  const named = await surveyPrograms('/nonexistent', 'linux', { CUTROOM_CHROMIUM: '/bin/true' }, ['chromium'])
  assert.deepEqual(named.at(-1), { name: 'chromium', file: '/bin/true', problem: null })
})

test('a setting that names no program, or one that is not ffmpeg, is told by its name', async () => {
  const env = {
    CUTROOM_FFMPEG: '/nonexistent/ffmpeg',
    CUTROOM_FFPROBE: '/bin/true',
    CUTROOM_ESPEAK: '/bin/true',
  }
  const [ffmpeg, ffprobe, espeak] = await surveyPrograms('/nonexistent', 'linux', env)
  assert.match(
    ffmpeg?.problem?.sentence ?? '',
    /^CUTROOM_FFMPEG names \/nonexistent\/ffmpeg, which is no program\.$/,
  )
  assert.match(ffprobe?.problem?.sentence ?? '', /^CUTROOM_FFPROBE names .* does not say its version\.$/)
  assert.equal(espeak?.problem, null)
})

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { analyseSource, FEATURE_RATE_HZ, probeFile, speechRanges, type Tools } from '@cutroom/media'
import { execa } from 'execa'
import { realMedia } from '../fixtures/fixtures.ts'
import { testTools } from '../support/tools.ts'

let tools: Tools
let scratch: string
before(async () => {
  tools = await testTools()
  scratch = mkdtempSync(join(tmpdir(), 'cutroom-speech-'))
})
after(() => rmSync(scratch, { recursive: true, force: true }))

const MEETING = 'ami_meeting_tst00.wav'
const MUSIC = 'brahms_hungarian_dance_PD.ogg'
const READ = ['jfk_11s_16k.wav', 'libri_2412-153948-0000.flac', 'sonnet1_en_53s.mp3'] as const
const skip = realMedia(MEETING) === null && 'no ../shared/media here'
const media = (name: string): string => realMedia(name) ?? assert.fail(`${name} is missing`)

/** Per sample of the features: whether speech was found. */
async function speechIn(path: string): Promise<boolean[]> {
  const probe = await probeFile(tools, path, { scratchDir: scratch })
  const { features } = await analyseSource(tools, probe, path, scratch)
  const ranges = speechRanges(features.speech, features.durationSeconds)
  return Array.from(features.speech, (_, sample) => {
    const middle = (sample + 0.5) / FEATURE_RATE_HZ
    return ranges.some(({ start, end }) => middle >= start && middle < end)
  })
}

/** A film of nothing with the first 30 s of these sounds, one after the other; `null` is 10 s of silence. */
async function filmWith(name: string, ...sounds: readonly (string | null)[]): Promise<string> {
  const path = join(scratch, `${name}.mkv`)
  const silence = ['-f', 'lavfi', '-t', '10', '-i', 'anullsrc=r=48000:cl=stereo']
  const inputs = sounds.flatMap((sound) => (sound === null ? silence : ['-t', '30', '-i', media(sound)]))
  const even = sounds.map((_, i) => `[${i + 1}:a]aresample=48000,aformat=channel_layouts=stereo[a${i}]`)
  const joined = `${sounds.map((_, i) => `[a${i}]`).join('')}concat=n=${sounds.length}:v=0:a=1[a]`
  await execa('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'color=size=64x64:rate=10', ...inputs],
    ...['-filter_complex', [...even, joined].join(';'), '-map', '0:v', '-map', '[a]'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'flac', '-shortest', path],
  ])
  return path
}

/** Whether somebody speaks in the middle of each sample, by the people who wrote down who spoke when. */
function meetingTruth(samples: number): boolean[] {
  const turns = readFileSync(media('ami_meeting_tst00.rttm'), 'utf8').trim().split('\n')
  const times = turns.map((turn) => turn.split(' ').slice(3, 5).map(Number))
  return Array.from({ length: samples }, (_, sample) => {
    const middle = (sample + 0.5) / FEATURE_RATE_HZ
    return times.some(([start = 0, length = 0]) => middle >= start && middle < start + length)
  })
}

const shareOf = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length

function compare(found: readonly boolean[], truth: readonly boolean[]) {
  const right = truth.filter((speaks, sample) => speaks && found[sample]).length
  const precision = right / found.filter(Boolean).length
  const recall = right / truth.filter(Boolean).length
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

test('in a meeting with people far from the microphone, speech is found (F1)', { skip }, async (context) => {
  const found = (await speechIn(await filmWith('meeting', MEETING))).slice(0, 300)
  const { precision, recall, f1 } = compare(found, meetingTruth(300))
  context.diagnostic(`precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`)
  assert.ok(f1 >= 0.8, String(f1))
})

test('what is read aloud is speech, but for its pauses', { skip }, async (context) => {
  for (const name of READ) {
    const share = shareOf(await speechIn(await filmWith(name, name)))
    context.diagnostic(`${name}: ${share.toFixed(3)}`)
    assert.ok(share >= 0.75, `${name}: ${share}`)
  }
})

test('an orchestra is not taken for speech', { skip }, async (context) => {
  const share = shareOf(await speechIn(await filmWith('music', MUSIC)))
  context.diagnostic(share.toFixed(3))
  assert.ok(share <= 0.05, String(share))
})

test('fights and explosions of a film are not taken for speech', { skip }, async (context) => {
  const share = shareOf(await speechIn(await filmWith('film', 'film_tears_of_steel_70s.webm')))
  context.diagnostic(share.toFixed(3))
  assert.ok(share <= 0.05, String(share))
})

test('a dialogue of an old film is speech', { skip }, async (context) => {
  const share = shareOf(await speechIn(media('talk_friday_sd.mp4')))
  context.diagnostic(share.toFixed(3))
  assert.ok(share >= 0.9, String(share))
})

test('speech between music and silence begins and ends where it does', { skip }, async (context) => {
  const found = await speechIn(await filmWith('sequence', MUSIC, MEETING, null, 'sonnet1_en_53s.mp3', MUSIC))
  // 30 s each, but 10 s of silence; all of the two in which somebody speaks is speech.
  const truth = found.map((_, sample) => (sample >= 300 && sample < 600) || (sample >= 700 && sample < 1000))
  const { precision, recall } = compare(found, truth)
  context.diagnostic(`precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`)
  assert.ok(precision >= 0.95 && recall >= 0.75, `${precision} ${recall}`)
})

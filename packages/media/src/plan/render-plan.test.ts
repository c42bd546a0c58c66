import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CutroomError, PRESETS, type Preset, type VideoStream } from '@cutroom/contracts'
import fc from 'fast-check'
import { renderRecipe } from './commands.ts'
import { exportEncoder, pictureDecoder } from './picture.ts'
import { renderSource } from './plan-fixture.ts'
import { planRender, type RenderPlan, type RenderRequest } from './render-plan.ts'
import { mixer, nextGain, parseLoudness, partGains, soundDecoder } from './sound.ts'

const A = 'a'.repeat(64)
const reels = PRESETS.find((preset) => preset.id === 'reels') as Preset
const request = (changes: Partial<RenderRequest> = {}): RenderRequest => ({
  cuts: [
    { sourceId: A, start: 10, end: 12.5 },
    { sourceId: A, start: 30, end: 31.52 },
  ],
  sources: new Map([[A, renderSource()]]),
  preset: reels,
  soundFrom: null,
  voice: null,
  music: null,
  muted: [],
  captions: true,
  ...changes,
})
const plan = (changes: Partial<RenderRequest> = {}): RenderPlan => planRender(request(changes))
const first = (made: RenderPlan) => made.cuts[0] as RenderPlan['cuts'][number]
const refused = (field: string) => (error: unknown) => error instanceof CutroomError && error.field === field

describe('a render plan', () => {
  it('gives each cut whole frames and samples', () => {
    const made = plan()
    assert.deepEqual(
      made.cuts.map(({ start, frames, samples }) => ({ start, frames, samples })),
      [
        { start: 10, frames: 75, samples: 120_000 },
        { start: 30, frames: 46, samples: 73_600 },
      ],
    )
    assert.equal(made.frames, 121)
    assert.equal(made.seconds, 121 / 30)
  })

  it('never drifts from the clock, whatever the lengths of its cuts', () => {
    const lengths = fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(lengths, (seconds) => {
        const made = plan({ cuts: seconds.map((length) => ({ sourceId: A, start: 1, end: 1 + length })) })
        const clock = seconds.reduce((sum, length) => sum + (1 + length - 1), 0)
        assert.ok(Math.abs(made.frames - clock * 30) <= 0.5 + 1e-6)
        assert.equal(made.samples, made.frames * 1600)
      }),
    )
  })

  it('hears one source under all cuts where it is told to, else each cut itself', () => {
    const made = plan({ soundFrom: { sourceId: A, start: 3 } })
    assert.deepEqual(
      made.sounds.map(({ sourceId, start, samples }) => ({ sourceId, start, samples })),
      [{ sourceId: A, start: 3, samples: made.samples }],
    )
    const each = plan()
    assert.deepEqual(each.sounds, each.cuts)
  })

  it('refuses what it cannot keep', () => {
    const cuts = (start: number, end: number) => () => plan({ cuts: [{ sourceId: A, start, end }] })
    assert.throws(cuts(50, 61), refused('cuts'))
    assert.throws(cuts(5, 4), refused('cuts'))
    assert.throws(cuts(5, 5.001), refused('cuts'))
    assert.throws(() => plan({ cuts: [] }), refused('cuts'))
    assert.throws(() => plan({ cuts: [{ sourceId: 'b'.repeat(64), start: 0, end: 1 }] }), refused('cuts'))
    assert.throws(() => plan({ muted: [{ start: 5, end: 6 }] }), refused('muted'))
    assert.throws(() => plan({ soundFrom: { sourceId: A, start: 60 } }), refused('soundFrom'))
  })
})

describe('the command that decodes a cut', () => {
  const whole = (made: RenderPlan) => pictureDecoder(made, first(made)).join(' ')
  const filters = (made: RenderPlan) => {
    const args = pictureDecoder(made, first(made))
    return args[args.indexOf('-vf') + 1]
  }

  it('seeks, crops, scales and hands out exactly its frames', () => {
    assert.match(
      whole(plan()),
      /^-threads 2 -ss 9\.991667 .*-i file:\/media\/a b\.mp4 -map 0:0 -vf .* -frames:v 75 -f rawvideo pipe:1$/,
    )
    assert.equal(
      filters(plan()),
      'fps=fps=30/1:start_time=0,tpad=stop_mode=clone:stop_duration=0.1,crop=w=608:h=1080:x=656:y=0,' +
        'scale=w=1080:h=1920:flags=bicubic+accurate_rnd+bitexact:in_color_matrix=bt709:in_range=limited:out_color_matrix=bt709:out_range=limited,' +
        'format=pix_fmts=yuv420p,setsar=sar=1',
    )
  })

  it('starts at the nearest picture, so that no output frame falls between two', () => {
    const at = (start: number, changes: Partial<VideoStream> = {}) => {
      const made = plan({
        cuts: [{ sourceId: A, start, end: start + 1 }],
        sources: new Map([[A, renderSource(changes)]]),
      })
      return [first(made).start.toFixed(4), first(made).seek.toFixed(4)]
    }
    assert.deepEqual(at(1.749), ['1.7333', '1.7250'])
    assert.deepEqual(at(1.751), ['1.7667', '1.7583'])
    assert.deepEqual(at(0), ['0.0000', '0.0000'])
    assert.deepEqual(at(1.749, { variableFrameRate: true }), ['1.7490', '1.7490'])
  })

  it('starts before the first picture of a source where the cut does, on the grid of its pictures', () => {
    const at = (start: number, startSeconds: number) => {
      const made = plan({
        cuts: [{ sourceId: A, start, end: start + 3 }],
        sources: new Map([[A, renderSource({ startSeconds })]]),
      })
      return [first(made).start.toFixed(4), first(made).seek.toFixed(4)]
    }
    assert.deepEqual(at(0, 0.5), ['0.0000', '0.0000'])
    assert.deepEqual(at(0.2, 0.5), ['0.2000', '0.1917'])
    assert.deepEqual(at(0, 2.02), ['0.0200', '0.0117'])
    assert.deepEqual(at(1, 2.02), ['0.9867', '0.9783'])
    assert.deepEqual(at(3, 2.02), ['2.9867', '2.9783'])
  })

  it('decodes a source from its start where seeking gives other pictures', () => {
    const unsafe = plan({ sources: new Map([[A, { ...renderSource(), randomAccess: 'unsafe' as const }]]) })
    assert.doesNotMatch(whole(unsafe), /-ss/)
    assert.match(filters(unsafe) ?? '', /^trim=start=9\.991667,setpts=expr=PTS-9\.991667\/TB,/)
  })

  it('takes unnamed colours of a small picture for bt601, and full range for what it is', () => {
    const colour = { primaries: null, transfer: null, matrix: null, range: 'full' } as const
    const small = plan({
      sources: new Map([[A, renderSource({ codedWidth: 640, codedHeight: 480, colour })]]),
    })
    assert.match(filters(small) ?? '', /in_color_matrix=bt601:in_range=full:out_color_matrix=bt709/)
  })

  it('maps high dynamic range to bt709 through linear light', () => {
    const hdr = plan({ sources: new Map([[A, renderSource({ hdr: 'pq', pixelFormat: 'yuv420p10le' })]]) })
    assert.match(
      filters(hdr) ?? '',
      /zscale=.*transferin=smpte2084.*tonemap=tonemap=hable.*matrix=709.*format=pix_fmts=yuv420p,setsar=sar=1$/,
    )
  })

  it('deinterlaces only what is interlaced', () => {
    const fields = plan({ sources: new Map([[A, renderSource({ interlaced: true })]]) })
    assert.match(filters(fields) ?? '', /^bwdif=mode=send_frame:deint=interlaced,fps=/)
    assert.doesNotMatch(filters(plan()) ?? '', /bwdif/)
  })
})

describe('the one encode', () => {
  it('is exactly this for a captioned reel', () => {
    assert.deepEqual(exportEncoder(plan()), [
      ...['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', '1080x1920'],
      ...['-framerate', '30/1', '-i', 'pipe:0'],
      ...['-protocol_whitelist', 'file', '-f', 'mov', '-i', 'sound.m4a', '-map', '0:v', '-map', '1:a', '-vf'],
      'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv,' +
        'ass=filename=captions.ass:fontsdir=fonts,format=pix_fmts=yuv420p',
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '21'],
      ...['-maxrate', '12000k', '-bufsize', '24000k', '-g', '60', '-flags', '+cgop', '-threads', '3'],
      ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
      ...['-c:a', 'copy', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
      ...['-movflags', '+faststart', '-f', 'mp4', 'export.mp4'],
    ])
  })
  it('leaves captions out where there are none', () => {
    assert.doesNotMatch(exportEncoder(plan({ captions: false })).join(' '), /ass=/)
  })
})

describe('the sound', () => {
  const voice = { path: '/voice.wav', audioIndex: 0, gainDb: 0 }
  const music = { path: '/music.mp3', audioIndex: 1, gainDb: -3 }
  const graph = (made: RenderPlan) => {
    const args = mixer(made, { cuts: -2, voice: 4, music: -10 })
    return args[args.indexOf('-filter_complex') + 1] ?? ''
  }

  it('of a cut is as long as its picture and fades at both ends', () => {
    const made = plan()
    assert.match(
      soundDecoder(first(made)).join(' '),
      /-map 0:1 -vn -af aresample=.*atrim=end_sample=120000,afade=type=in:nb_samples=384,afade=type=out:start_sample=119616:nb_samples=384 -f f32le -ar 48000 -ac 2 pipe:1$/,
    )
  })
  it('ducks what lies under a voice, with the voice as the key', () => {
    const made = graph(plan({ voice, music }))
    assert.match(made, /\[1:0\].*volume=volume=4\.00dB.*asplit=2\[voice\]\[key\]/)
    assert.match(made, /\[2:1\].*volume=volume=-10\.00dB/)
    assert.match(
      made,
      /\[bed\]\[key\]sidechaincompress=.*\[ducked\];\[ducked\]\[voice\]amix=.*\[all\];\[all\]ebur128@mix/,
    )
  })
  it('without voice and music is that of the cuts', () => {
    assert.match(
      graph(plan()),
      /^\[0:0\][^;]*\[cuts\];\[cuts\]ebur128@mix=peak=true:framelog=verbose\[out\]$/,
    )
  })
  it('is muted in blocks, so that a mute begins at its time', () => {
    const made = graph(plan({ muted: [{ start: 0.5, end: 1 }] }))
    assert.match(
      made,
      /asetnsamples=nb_out_samples=480:pad=0,volume=volume=0:enable=between\(t\\,0\.500000\\,1\.000000\),/,
    )
  })
  it('gives way to a voice but is never made louder', () => {
    const level = (integratedLufs: number | null) => ({ integratedLufs, truePeakDbtp: -1 })
    const made = plan({ voice, music })
    assert.deepEqual(partGains(made, { cuts: level(-12), voice: level(-20), music: level(-14) }), {
      cuts: -10,
      voice: 4,
      music: -13,
    })
    assert.deepEqual(partGains(made, { cuts: level(-40), voice: level(null), music: level(-65) }), {
      cuts: 0,
      voice: 0,
      music: -3,
    })
  })
})

describe('loudness out of the log of ebur128', () => {
  const summary = (name: string, lufs: string, peak: string) =>
    `[ebur128@${name} @ 0x55d] Summary:\n\n  Integrated loudness:\n    I:         ${lufs} LUFS\n    Threshold: -33.4 LUFS\n\n` +
    `  Loudness range:\n    LRA:         3.1 LU\n\n  True peak:\n    Peak:       ${peak} dBFS\n`
  it('is read by the name of the filter', () => {
    const log = `size=N/A time=00:00:20.00\n${summary('voice', '-21.3', '-4.0')}${summary('cuts', '-70.0', '-inf')}`
    assert.deepEqual(parseLoudness(log), {
      voice: { integratedLufs: -21.3, truePeakDbtp: -4 },
      cuts: { integratedLufs: null, truePeakDbtp: null },
    })
  })
  it('is nothing where nothing was measured', () => {
    assert.deepEqual(parseLoudness('Conversion failed!'), {})
  })
})

describe('the gain that is tried next', () => {
  it('is none once the loudness is near enough', () => {
    assert.equal(nextGain([{ gainDb: 5, lufs: -14.3 }], -14), null)
  })
  it('assumes at first that a limiter eats a part of the step', () => {
    assert.equal(nextGain([{ gainDb: 6, lufs: -17 }], -14), 11)
  })
  it('follows the slope of the last two trials, never by more than 9 dB', () => {
    const trials = [{ gainDb: 6, lufs: -17 }]
    assert.equal(nextGain([...trials, { gainDb: 10, lufs: -15 }], -14), 12)
    assert.equal(nextGain([...trials, { gainDb: 7, lufs: -16.74 }], -14), 16)
  })
  it('is none where peaks stand against more', () => {
    assert.equal(
      nextGain(
        [
          { gainDb: 6, lufs: -17 },
          { gainDb: 11, lufs: -16.5 },
        ],
        -14,
      ),
      null,
    )
  })
})

describe('the recipe of a render', () => {
  const voice = { path: '/voice.wav', audioIndex: 0, gainDb: 0 }
  const recipe = (changes: Partial<RenderRequest> = {}, identity = (path: string) => `hash of ${path}`) =>
    JSON.stringify(renderRecipe(plan({ voice, ...changes }), identity))

  it('names files by their content, never by their path', () => {
    assert.equal(recipe({}, () => 'x').includes('/media'), false)
    assert.notEqual(
      recipe(),
      recipe({}, () => 'x'),
    )
  })
  it('changes with everything that changes a byte', () => {
    const of = (video: Partial<VideoStream>) => ({ sources: new Map([[A, renderSource(video)]]) })
    const all = [
      recipe(),
      recipe(of({ hdr: 'hlg' })),
      recipe(of({ interlaced: true })),
      recipe(of({ index: 2 })),
      recipe({ captions: false }),
      recipe({ muted: [{ start: 0, end: 1 }] }),
      recipe({ voice: { ...voice, audioIndex: 1 } }),
      recipe({ preset: { ...reels, loudness: { ...reels.loudness, integratedLufs: -16 } } }),
      recipe({ preset: { ...reels, video: { ...reels.video, crf: 22 } } }),
    ]
    assert.equal(new Set(all).size, all.length)
  })
  it('does not change with what a preset is called', () => {
    assert.equal(recipe(), recipe({ preset: { ...reels, id: 'other', name: 'Other' } }))
  })
})

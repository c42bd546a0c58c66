import {
  corners,
  ellipse,
  group,
  type Layer,
  type Point,
  polygon,
  randomNumbers,
  rectangle,
  rounded,
  type Shape,
  still,
} from './drawing.ts'
import { circle, hole, type Scene, wave, wrap } from './scene.ts'

/** Scenes of town and studio in 1920×1080; what matters is in the middle third, so that an upright crop keeps it. */

export const fastPan = (): Scene => {
  const row = (
    seed: number,
    count: number,
    speed: number,
    base: number,
    height: number,
    colours: readonly [string, string | null],
  ): Layer[] => {
    const span = 2600
    const width = span / count
    return randomNumbers(seed, count).flatMap((random, index): Layer[] => {
      const tall = height * (0.45 + 0.55 * random)
      const at = (t: number) => ({ x: wrap(index * width - speed * t, span) - 400, y: base })
      const rows = Array.from({ length: Math.floor(tall / 62) }, (_, floor) => floor)
      const windows = rows.flatMap((floor) =>
        [0.2, 0.58]
          .filter((side) => wrap(floor * 7 + index * 3 + side * 10, 3) >= 1)
          .map((side) => corners(side * width, 26 - tall + floor * 62, width * 0.2, 30)),
      )
      const body: Layer = { shape: rectangle(0, -tall, width * 0.92, tall + 20), colour: colours[0], at }
      return colours[1] === null || windows.length === 0
        ? [body]
        : [body, { shape: group(windows), colour: colours[1], at }]
    })
  }
  const lamps = [0, 1, 2].map(
    (index): Layer => ({
      shape: group([corners(-7, -420, 14, 420), corners(-7, -430, 110, 14), circle(96, -408, 30, 16)]),
      colour: '#ffe2a8',
      at: (t) => ({ x: wrap(index * 900 - 2300 * t, 2700) - 300, y: 1010 }),
    }),
  )
  return {
    title: 'Fast pan',
    kind: 'fast',
    seconds: 5,
    sky: ['#123a5c', '#f29479'],
    layers: [
      ...row(11, 14, 420, 940, 520, ['#3d5a80', null]),
      ...row(12, 9, 1000, 980, 640, ['#26425f', '#8fc1e3']),
      ...row(13, 6, 1700, 1010, 560, ['#10243a', '#ffd479']),
      still(rectangle(0, 1000, 1920, 80), '#0a1622'),
      ...lamps,
    ],
  }
}

/** The second take is the first one again, from a hand's breadth to the side. */
export const coffee = (take: 1 | 2): Scene => {
  const aside = take === 1 ? 0 : 26
  const at = (t: number) => ({ x: 960 + aside, y: 800, scale: 1 + 0.014 * t })
  const part = (shape: Shape, colour: string): Layer => ({ shape, colour, at })
  const cup: Point[] = [
    [-190, -300],
    [190, -300],
    [172, -120],
    [130, -40],
    [70, 0],
    [-70, 0],
    [-130, -40],
    [-172, -120],
  ]
  const handle = group([circle(206, -190, 92, 96), hole(circle(206, -190, 54, 58))])
  const steam = [-70, 0, 70].map(
    (x, index): Layer => ({
      shape: (t) => {
        const side = (half: number) =>
          Array.from({ length: 13 }, (_, step): Point => {
            const up = step / 12
            return [
              x + 34 * up * wave(up * 1.1 - 0.45 * t + index * 0.3) + half * (1 - up) * 15,
              -330 - 300 * up,
            ]
          })
        return polygon([...side(1), ...side(-1).toReversed()])
      },
      colour: '#ffffff',
      blur: 7,
      at: (t) => ({ ...at(t), opacity: 0.5 }),
    }),
  )
  const lights = randomNumbers(31, 9).map(
    (random, index): Layer => ({
      shape: ellipse(40 + 70 * random),
      colour: '#fff3d6',
      at: (t) => ({
        x: wrap(230 * index + 300 * random + 24 * t, 2100) - 90 + aside,
        y: 160 + 360 * wrap(random * 7, 1),
        opacity: 0.28,
      }),
    }),
  )
  return {
    title: take === 1 ? 'Coffee' : 'Coffee again',
    nearDuplicateOf: take === 1 ? null : 'Coffee',
    kind: 'medium',
    seconds: 6,
    sky: ['#e9b872', '#f6dfb8'],
    layers: [
      ...lights,
      still(rectangle(0, 790, 1920, 290), '#7d4e33'),
      still(rectangle(0, 790, 1920, 16), '#9c6644'),
      part(polygon(circle(0, 16, 330, 46)), '#5c3823'),
      part(polygon(circle(0, 0, 310, 44)), '#f3e7d6'),
      part(handle, '#f9f1e6'),
      part(polygon(cup), '#fffaf2'),
      part(
        polygon([
          [90, -280],
          [190, -300],
          [172, -120],
          [130, -40],
          [70, 0],
          [40, 0],
          [100, -120],
        ]),
        '#eadbc6',
      ),
      part(polygon(circle(0, -300, 190, 44)), '#f3e7d6'),
      part(polygon(circle(0, -296, 168, 34)), '#4b2a18'),
      part(polygon(circle(-26, -300, 74, 12)), '#8a5a3b'),
      part(
        polygon([
          [0, -110],
          [-46, -160],
          [-46, -196],
          [-22, -208],
          [0, -186],
          [22, -208],
          [46, -196],
          [46, -160],
        ]),
        '#d1495b',
      ),
      ...steam,
    ],
  }
}

/** A camera that was left running: nothing moves. */
export const leftRunning = (): Scene => ({
  title: 'Left running',
  kind: 'static',
  seconds: 6,
  sky: ['#b9cdd8', '#dfe8ec'],
  layers: [
    still(rectangle(0, 820, 1920, 260), '#b08968'),
    still(rectangle(0, 806, 1920, 18), '#f4f1ea'),
    still(rectangle(1320, 160, 380, 420), '#f8f5ee'),
    still(rectangle(1340, 180, 165, 380), '#9fd3e8'),
    still(rectangle(1515, 180, 165, 380), '#9fd3e8'),
    still(rounded(560, 640, 800, 230, 60), '#3d6b73'),
    still(rounded(620, 520, 680, 220, 50), '#4f868e'),
    still(rounded(660, 650, 290, 120, 30), '#67a2aa'),
    still(rounded(970, 650, 290, 120, 30), '#67a2aa'),
    still(rectangle(620, 860, 30, 60), '#4a3728'),
    still(rectangle(1270, 860, 30, 60), '#4a3728'),
    still(rectangle(300, 420, 14, 480), '#5a4a42'),
    still(
      polygon([
        [230, 430],
        [384, 430],
        [354, 290],
        [260, 290],
      ]),
      '#f2c14e',
    ),
    still(rounded(1500, 780, 130, 130, 20), '#c8553d'),
    still(
      group([circle(1500, 690, 34, 110), circle(1565, 650, 34, 140), circle(1630, 690, 34, 110)]),
      '#4d8b52',
    ),
  ],
})

export const confetti = (): Scene => {
  const colours = ['#ffffff', '#ffe14d', '#3ddad7', '#7a3cff', '#ff3d71', '#22c55e']
  const [xs, speeds, phases] = [randomNumbers(41, 110), randomNumbers(42, 110), randomNumbers(43, 110)]
  const pieces = xs.map((x, index): Layer => {
    const [speed, phase] = [speeds[index] ?? 0, phases[index] ?? 0]
    return {
      shape: index % 3 === 0 ? ellipse(20) : rectangle(-16, -26, 32, 52),
      colour: colours[index % colours.length] ?? '#ffffff',
      at: (t) => ({
        x: 1960 * x + 60 * wave(0.7 * t + phase),
        y: wrap(1300 * phase + (520 + 760 * speed) * t, 1240) - 80,
        turn: 360 * (phase + (0.4 + speed) * t),
        scale: 0.7 + 0.7 * speed,
        scaleY: (0.7 + 0.7 * speed) * (0.25 + 0.75 * Math.abs(wave(0.9 * t + phase))),
      }),
    }
  })
  return { title: 'Confetti', kind: 'fast', seconds: 5, sky: ['#f2557f', '#ffb56b'], layers: pieces }
}

export const tunnel = (): Scene => {
  const frame = (half: number): Point[] => corners(-half, -half, 2 * half, 2 * half)
  const ring = group([frame(100), hole(frame(76))])
  const colours = ['#ff5fa2', '#ffb84d', '#4de1c1', '#5aa9ff', '#b57bff']
  const rings = Array.from(
    { length: 8 },
    (_, index): Layer => ({
      shape: ring,
      colour: colours[index % colours.length] ?? '#ffffff',
      at: (t) => {
        const near = wrap(index / 8 + 0.42 * t, 1)
        return {
          x: 960,
          y: 560,
          scale: 0.09 * Math.exp(4.8 * near),
          turn: 70 * near + 26 * t,
          opacity: Math.min(1, 4 * near),
        }
      },
    }),
  )
  return { title: 'Tunnel', kind: 'fast', seconds: 5, sky: ['#170637', '#2d0f5e'], layers: rings }
}

export const ballGame = (): Scene => {
  const floor = 880
  const ball = (
    x: number,
    radius: number,
    height: number,
    period: number,
    phase: number,
    colour: string,
  ): Layer[] => {
    const up = (t: number) => {
      const turn = wrap(t / period + phase, 1)
      return 4 * turn * (1 - turn)
    }
    const along = (t: number) => x + 90 * wave(t / 6 + phase)
    const squash = (t: number) => 1 - 0.22 * Math.max(0, 1 - 9 * up(t))
    return [
      {
        shape: ellipse(radius, radius * 0.18),
        colour: '#2f6f73',
        at: (t) => ({ x: along(t), y: floor + 12, scale: 1 - 0.45 * up(t), opacity: 0.5 }),
      },
      {
        shape: ellipse(radius),
        colour,
        at: (t) => ({
          x: along(t),
          y: floor - radius * squash(t) - height * up(t),
          scale: 2 - squash(t),
          scaleY: squash(t),
        }),
      },
      {
        shape: polygon(circle(-0.35 * radius, -0.4 * radius, 0.22 * radius, 0.16 * radius, 20)),
        colour: '#ffffff',
        at: (t) => ({ x: along(t), y: floor - radius * squash(t) - height * up(t), opacity: 0.75 }),
      },
    ]
  }
  return {
    title: 'Ball game',
    kind: 'medium',
    seconds: 6,
    sky: ['#6fd6cf', '#c9f0d8'],
    layers: [
      still(rectangle(0, floor - 60, 1920, 260), '#4aa39b'),
      still(rectangle(0, floor - 60, 1920, 12), '#3c8f88'),
      ...ball(330, 90, 420, 1.3, 0.2, '#f4d35e'),
      ...ball(700, 66, 520, 1.1, 0.6, '#ee6c4d'),
      ...ball(980, 120, 470, 1.5, 0, '#3d5a98'),
      ...ball(1270, 74, 380, 0.95, 0.35, '#e83f6f'),
      ...ball(1600, 100, 500, 1.4, 0.8, '#ffffff'),
    ],
  }
}

export const mosaic = (): Scene => {
  const colours = ['#ef476f', '#f78c6b', '#ffd166', '#06d6a0', '#118ab2', '#7b5ea7']
  const tile = rounded(-70, -70, 140, 140, 34)
  const tiles = Array.from({ length: 12 * 7 }, (_, index): Layer => {
    const [column, row] = [index % 12, Math.floor(index / 12)]
    const far = Math.hypot(column - 5.5, row - 3) / 9
    return {
      shape: tile,
      colour: colours[(column + 2 * row) % colours.length] ?? '#ffffff',
      at: (t) => ({
        x: 80 + 160 * column,
        y: 60 + 160 * row,
        scale: 0.72 + 0.3 * wave(0.55 * t - far),
        turn: 90 * wave(0.2 * t - far),
      }),
    }
  })
  return { title: 'Mosaic', kind: 'medium', seconds: 5, sky: ['#073b4c', '#0b5468'], layers: tiles }
}

/** A lens cap: nothing to see. */
export const black = (): Scene => ({
  title: 'Black',
  kind: 'black',
  seconds: 4,
  sky: ['#000000', '#000000'],
  layers: [],
})

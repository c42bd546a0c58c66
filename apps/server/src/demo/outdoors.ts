import {
  corners,
  ellipse,
  ground,
  group,
  type Layer,
  type Point,
  polygon,
  randomNumbers,
  rectangle,
  type Shape,
  still,
} from './drawing.ts'
import { circle, type Scene, wave, wrap } from './scene.ts'

/** Outdoor scenes in 1920×1080; what matters is in the middle third, so that an upright crop keeps it. */

export const sunrise = (): Scene => {
  const ridge = (base: number, height: number, length: number, shift: number) => (x: number) =>
    base + height * wave(x / length + shift) + 0.4 * height * wave(x / (length * 0.37) + 2 * shift)
  const hill = (colour: string, base: number, height: number, length: number, speed: number): Layer => ({
    // What the next hill hides need not be painted.
    shape: ground(-400, 2320, base + 180, ridge(base, height, length, base / 100)),
    colour,
    at: (t) => ({ x: -speed * t, y: 0 }),
  })
  const sun = (radius: number, colour: string, opacity: number): Layer => ({
    shape: ellipse(radius),
    colour,
    at: (t) => ({ x: 960, y: 760 - 42 * t, opacity }),
  })
  const wing = polygon([
    [-34, -16],
    [-12, -12],
    [0, 0],
    [12, -12],
    [34, -16],
    [12, -4],
    [0, 10],
    [-12, -4],
  ])
  const bird = (x: number, y: number, phase: number): Layer => ({
    shape: wing,
    colour: '#2a1a45',
    at: (t) => ({ x: x + 46 * t, y: y - 12 * t, scale: 0.8, scaleY: 0.5 + 0.45 * wave(1.3 * t + phase) }),
  })
  return {
    title: 'Sunrise',
    kind: 'slow',
    seconds: 6,
    sky: ['#33306f', '#ffab73'],
    layers: [
      sun(340, '#ffc78a', 0.25),
      sun(240, '#ffd79a', 0.4),
      sun(150, '#fff0c2', 1),
      hill('#8a4f86', 730, 46, 900, 10),
      hill('#5b3877', 820, 54, 700, 22),
      hill('#33245c', 930, 44, 560, 44),
      bird(760, 560, 0),
      bird(850, 520, 0.3),
      bird(700, 500, 0.6),
    ],
  }
}

export const sea = (): Scene => {
  const swell = (colour: string, y: number, length: number, speed: number): Layer => ({
    shape: ground(-length, 1920 + length, 180, (x) => 22 * wave(x / length)),
    colour,
    at: (t) => ({ x: wrap(speed * t, length) - length / 2, y: y + 10 * wave(t / 3 + y / 400) }),
  })
  const boat = (points: readonly Point[], colour: string): Layer => ({
    shape: polygon(points),
    colour,
    at: (t) => ({ x: 880 + 26 * t, y: 690 + 12 * wave(t / 3), turn: 5 * wave(t / 2.6) }),
  })
  const hull: Point[] = [
    [-150, 0],
    [150, 0],
    [105, 66],
    [-110, 66],
  ]
  const main: Point[] = [
    [6, -300],
    [150, -26],
    [6, -26],
  ]
  const jib: Point[] = [
    [-10, -270],
    [-10, -26],
    [-120, -26],
  ]
  return {
    title: 'Calm sea',
    kind: 'medium',
    seconds: 6,
    sky: ['#7cc8f2', '#fdf1cf'],
    layers: [
      still(ellipse(90), '#fffbe6', 1330, 260),
      swell('#5fb4d8', 640, 620, 60),
      boat(jib, '#f4745f'),
      boat(main, '#fffaf0'),
      boat(corners(-6, -310, 10, 312), '#6b4a35'),
      boat(hull, '#b8432f'),
      swell('#3a93c2', 740, 520, -110),
      swell('#2576a8', 840, 440, 170),
      swell('#175a88', 950, 380, -240),
    ],
  }
}

export const nightDrive = (): Scene => {
  const horizon = 520
  // Everything on the road grows from the vanishing point as it comes nearer, until it is out of sight.
  const coming = (shape: Shape, colour: string, start: number): Layer => ({
    shape,
    colour,
    at: (t) => ({ x: 960, y: horizon, scale: 0.025 * Math.exp(4.5 * wrap(start + 1.1 * t, 1)) }),
  })
  const dash = polygon([
    [-12, 260],
    [12, 260],
    [20, 420],
    [-20, 420],
  ])
  const posts = [-1, 1].map((side) =>
    group([corners(side * 520 - 8, -210, 16, 470), corners(side * 470 - 60, -226, 120, 18)]),
  )
  const lamps = [-1, 1].map((side) => polygon(circle(side * 430, -196, 34, 20)))
  const towers = randomNumbers(5, 26)
  const city = group(
    towers.map((height, index) =>
      corners(index * 76 - 20, horizon - 40 - 170 * height, 66, 170 * height + 40),
    ),
  )
  const car = (points: readonly Point[][], colour: string): Layer => ({
    shape: group(points),
    colour,
    at: (t) => ({ x: 960 + 120 * wave(t / 2.5), y: 780, turn: 1.5 * wave(t / 2.5 + 0.25) }),
  })
  const starts = [0, 0.2, 0.4, 0.6, 0.8]
  return {
    title: 'Night drive',
    kind: 'fast',
    seconds: 5,
    sky: ['#0a0f2c', '#4a3f7a'],
    layers: [
      still(ellipse(64), '#f5f0d8', 1180, 150),
      still(city, '#161b3d'),
      still(rectangle(0, horizon, 1920, 560), '#1c2a33'),
      still(
        polygon([
          [930, horizon],
          [990, horizon],
          [2300, 1080],
          [-380, 1080],
        ]),
        '#2b2f45',
      ),
      ...starts.map((start) => coming(dash, '#f2e9c9', start)),
      ...posts.flatMap((post) => starts.map((start) => coming(post, '#59607f', start))),
      ...lamps.flatMap((lamp) => starts.map((start) => coming(lamp, '#ffd97a', start))),
      car([circle(0, 118, 190, 26)], '#14172a'),
      car([corners(-170, -10, 340, 110), corners(-120, -100, 240, 100)], '#d7263d'),
      car([corners(-96, -80, 192, 64)], '#26324f'),
      car([circle(-130, 36, 28, 18), circle(130, 36, 28, 18)], '#ff9a8a'),
      car([corners(-150, 96, 66, 36), corners(84, 96, 66, 36)], '#0c0e1a'),
    ],
  }
}

export const balloons = (): Scene => {
  const cloud = (x: number, y: number, size: number, speed: number): Layer => ({
    shape: group([
      circle(-110, 10, 80, 56),
      circle(0, -24, 110, 84),
      circle(120, 8, 90, 60),
      circle(0, 30, 190, 42),
    ]),
    colour: '#ffffff',
    at: (t) => ({ x: x + speed * t, y, scale: size, opacity: 0.85 }),
  })
  const balloon = (
    x: number,
    y: number,
    size: number,
    rise: number,
    colours: readonly [string, string],
  ): Layer[] => {
    const at = (t: number) => ({
      x: x + 14 * wave(t / 5 + x),
      y: y - rise * t,
      scale: size,
      turn: 2 * wave(t / 4 + y),
    })
    const envelope = [...circle(0, 0, 150, 165, 48)].map(
      ([px, py]): Point => [py > 0 ? px * (1 - py / 420) : px, py * (py > 0 ? 1.2 : 1)],
    )
    return [
      { shape: group([corners(-30, 170, 4, 90), corners(26, 170, 4, 90)]), colour: '#6b4a35', at },
      { shape: polygon(envelope), colour: colours[0], at },
      { shape: group([circle(0, 6, 58, 166, 40)]), colour: colours[1], at },
      { shape: polygon(corners(-36, 252, 72, 56)), colour: '#8a5a3b', at },
    ]
  }
  return {
    title: 'Balloons',
    kind: 'slow',
    seconds: 6,
    sky: ['#8fd0f5', '#fff0dc'],
    layers: [
      cloud(420, 330, 1, 12),
      cloud(1500, 250, 0.8, 9),
      ...balloon(700, 560, 0.55, 18, ['#3d7ea6', '#f4d35e']),
      ...balloon(1220, 620, 0.7, 26, ['#5b8c5a', '#f7f3e3']),
      cloud(1180, 690, 1.1, 20),
      ...balloon(960, 660, 1, 38, ['#e4572e', '#ffc857']),
      still(
        ground(0, 1920, 1080, (x) => 960 + 40 * wave(x / 900)),
        '#7fb069',
      ),
      still(
        ground(0, 1920, 1080, (x) => 1010 + 24 * wave(x / 640 + 0.4)),
        '#5a9367',
      ),
      cloud(420, 860, 1.3, 30),
    ],
  }
}

export const dusk = (): Scene => {
  const [xs, ys] = [randomNumbers(21, 40), randomNumbers(22, 40)]
  const stars = xs.map(
    (x, index): Layer => ({
      shape: ellipse(2 + 3 * (ys[index] ?? 0)),
      colour: '#ffffff',
      at: (t) => ({ x: 1920 * x, y: 420 * (ys[index] ?? 0), opacity: 0.6 + 0.4 * wave(t / 2 + 7 * x) }),
    }),
  )
  const glints = randomNumbers(23, 14).map(
    (size, index): Layer => ({
      shape: polygon(circle(0, 0, 60 + 110 * size, 5, 20)),
      colour: '#ffe6f2',
      at: (t) => ({
        x: 960 + 46 * wave(t / 5 + size),
        y: 770 + 20 * index,
        opacity: 0.45 + 0.3 * wave(t / 2.5 + size),
      }),
    }),
  )
  const peaks: Point[] = [
    [-60, 740],
    [260, 470],
    [470, 620],
    [720, 430],
    [980, 640],
    [1230, 500],
    [1500, 650],
    [1760, 450],
    [2000, 740],
  ]
  return {
    title: 'Dusk',
    kind: 'slow',
    seconds: 4,
    sky: ['#1c1760', '#f0709f'],
    layers: [
      ...stars,
      { shape: ellipse(104), colour: '#fff3da', at: (t) => ({ x: 960, y: 420 + 6 * t }) },
      still(polygon(peaks), '#3a2568'),
      still(rectangle(0, 738, 1920, 342), '#57357f'),
      ...glints,
      {
        shape: ground(-200, 2120, 1080, (x) => 1000 + 30 * wave(x / 700)),
        colour: '#1d1240',
        at: (t) => ({ x: -18 * t, y: 0 }),
      },
    ],
  }
}

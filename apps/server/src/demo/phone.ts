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
  rounded,
  still,
} from './drawing.ts'
import { circle, type Scene, wave, wrap } from './scene.ts'

/** Scenes of the phone recording, upright 1080×1920. */

export const plant = (): Scene => {
  const grown = (t: number) => 0.35 + 0.65 * (1 - (1 - t / 6) ** 2)
  const leaf = (up: number, side: 1 | -1): Layer => ({
    shape: group([circle(side * 130, 0, 130, 46, 40)]),
    colour: side === 1 ? '#4f9d5d' : '#3f8650',
    at: (t) => ({
      x: 540 + 16 * up * wave(t / 4),
      y: 1330 - 720 * up * grown(t),
      scale: Math.max(0.05, grown(t) - 0.35 * up),
      turn: side * (-28 + 5 * wave(t / 3 + up)),
    }),
  })
  return {
    title: 'Little plant',
    kind: 'slow',
    seconds: 6,
    sky: ['#fde2c4', '#f7b9a1'],
    layers: [
      still(ellipse(330), '#fff1dc', 540, 760),
      still(rectangle(0, 1560, 1080, 360), '#a86b4c'),
      {
        shape: rounded(-10, -740, 20, 760, 8),
        colour: '#35703f',
        at: (t) => ({ x: 540, y: 1340, scale: 1, scaleY: grown(t), turn: 1.2 * wave(t / 4) }),
      },
      ...[0.25, 0.5, 0.75, 0.97].flatMap((up) => [leaf(up, 1), leaf(up, -1)]),
      still(
        polygon([
          [350, 1330],
          [730, 1330],
          [680, 1640],
          [400, 1640],
        ]),
        '#d9654b',
      ),
      still(rounded(320, 1290, 440, 80, 20), '#e8795e'),
    ],
  }
}

export const music = (): Scene => {
  const bars = randomNumbers(51, 9).map(
    (random, index): Layer => ({
      shape: rounded(-42, -500, 84, 1000, 42),
      colour: ['#ff6ad5', '#c774e8', '#ad8cff', '#8795e8', '#94d0ff'][index % 5] ?? '#ffffff',
      at: (t) => ({
        x: 108 * index + 108,
        y: 1000,
        scale: 1,
        scaleY: 0.18 + 0.8 * Math.abs(wave((0.9 + 0.5 * random) * t + random)),
      }),
    }),
  )
  return { title: 'Loud music', kind: 'fast', seconds: 6, sky: ['#1b1035', '#3a1c71'], layers: bars }
}

export const kite = (): Scene => {
  const at = (t: number) => ({
    x: 540 + 210 * wave(t / 3.2),
    y: 800 + 130 * wave(t / 1.9 + 0.2),
    turn: 24 * wave(t / 3.2 + 0.25),
  })
  const diamond: Point[] = [
    [0, -230],
    [165, -30],
    [0, 250],
    [-165, -30],
  ]
  const tail = [1, 2, 3, 4, 5].map(
    (step): Layer => ({
      shape: polygon([
        [-44, -26],
        [0, 0],
        [44, -26],
        [44, 26],
        [0, 0],
        [-44, 26],
      ]),
      colour: step % 2 === 0 ? '#ffd166' : '#ef476f',
      at: (t) => {
        const behind = at(t - 0.12 * step)
        return { x: behind.x, y: behind.y + 250 + 92 * step, turn: 30 * wave(t / 1.2 - step / 5), scale: 0.9 }
      },
    }),
  )
  const cloud = (x: number, y: number, size: number, speed: number): Layer => ({
    shape: group([
      circle(-110, 10, 80, 56),
      circle(0, -24, 110, 84),
      circle(120, 8, 90, 60),
      circle(0, 30, 190, 42),
    ]),
    colour: '#ffffff',
    at: (t) => ({ x: wrap(x + speed * t, 1500) - 200, y, scale: size, opacity: 0.8 }),
  })
  return {
    title: 'Kite',
    kind: 'medium',
    seconds: 6,
    sky: ['#56b4e9', '#d8f0fb'],
    layers: [
      cloud(300, 420, 1, 60),
      cloud(1100, 1180, 1.2, 95),
      ...tail,
      { shape: polygon(diamond), colour: '#e84855', at },
      {
        shape: polygon([
          [0, -230],
          [165, -30],
          [0, -30],
        ]),
        colour: '#f9dc5c',
        at,
      },
      {
        shape: polygon([
          [0, 250],
          [-165, -30],
          [0, -30],
        ]),
        colour: '#3185fc',
        at,
      },
      { shape: group([corners(-4, -230, 8, 480), corners(-165, -34, 330, 8)]), colour: '#5a2a2a', at },
      still(
        ground(0, 1080, 1920, (x) => 1700 + 50 * wave(x / 1300)),
        '#84c26f',
      ),
      still(
        ground(0, 1080, 1920, (x) => 1800 + 30 * wave(x / 700 + 0.3)),
        '#5fa653',
      ),
    ],
  }
}

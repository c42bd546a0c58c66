import { dirname, join } from 'node:path/posix'

/** Source texts by their path from the root of the project. */
export type Sources = ReadonlyMap<string, string>

/**
 * Folders and packages of the server from top to bottom. A folder imports from itself and from the rows below its own: never from
 * its neighbours in the row, never upwards.
 */
const SERVER = 'apps/server/src'
const SERVER_ROWS = [
  ['cli'],
  ['http', 'worker'],
  ['domain', 'demo'],
  ['queue'],
  ['db', 'storage', 'scratch', '@cutroom/media', '@cutroom/speech'],
  ['@cutroom/contracts'],
]
/** Who may import `config.ts`, the only reader of the environment: the entry points. */
const CONFIG_READERS = ['cli']

/** What the studio in the browser may use of the other packages: what is beside it would be sent to every browser. */
const WEB = 'apps/web/src'
const SENT_TO_BROWSERS = [
  '@cutroom/contracts/caption-style',
  '@cutroom/contracts/colour',
  '@cutroom/contracts/words',
]

/** Folders of pure functions over plain data, and what else each may use. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  'packages/contracts/src': [],
  'packages/media/src/features': [],
  'packages/media/src/select': [],
  'packages/media/src/fit': [],
  'packages/media/src/insert': [],
  'packages/media/src/plan': [],
  // Fonts are files that come with the package.
  'packages/media/src/captions': ['node:fs', 'node:fs/promises'],
}
/** Modules that touch the world outside of the process. */
const IMPURE =
  /^(node:(fs|fs\/promises|child_process|net|http|https|http2|dns|dgram|worker_threads|process)|execa|undici)$/

interface Import {
  readonly specifier: string
  /** The path of the imported file, or the specifier of a package. */
  readonly target: string
  readonly typeOnly: boolean
}

/** Every import that goes against the shape of the code, as a sentence each. Tests and their fixtures may import anything. */
export function findImportProblems(sources: Sources): string[] {
  const graph = new Map<string, Import[]>()
  for (const [file, text] of sources) {
    if (/\.tsx?$/.test(file) && !/(\.test|-fixture)\.ts$/.test(file)) graph.set(file, importsOf(file, text))
  }
  return [...graph.keys()].flatMap((file) => [
    ...serverProblems(file, graph.get(file) ?? []),
    ...webProblems(file, graph.get(file) ?? []),
    ...purityProblems(file, graph),
  ])
}

function serverProblems(file: string, imports: readonly Import[]): string[] {
  if (!file.startsWith(`${SERVER}/`)) return []
  const from = serverPlace(file)
  if (from.endsWith('.ts')) return []
  const row = rowOf(from)
  if (row < 0) return [`${file}: the folder ${from} has no place in the table of scripts/checks/imports.ts.`]
  return imports.flatMap(({ specifier, target }) => {
    const to = serverPlace(target)
    const wrong =
      to === 'config.ts' ? !CONFIG_READERS.includes(from) : rowOf(to) >= 0 && to !== from && rowOf(to) <= row
    return wrong ? [`${file} imports ${specifier}: ${from} must not import ${to}.`] : []
  })
}

function webProblems(file: string, imports: readonly Import[]): string[] {
  if (!file.startsWith(`${WEB}/`)) return []
  return imports
    .filter(({ target }) =>
      target.startsWith('@cutroom/')
        ? !SENT_TO_BROWSERS.includes(target)
        : /^(apps|packages)\/(?!web\/)/.test(target),
    )
    .map(({ specifier }) => `${file} imports ${specifier}: the studio in the browser must not.`)
}

const rowOf = (place: string): number => SERVER_ROWS.findIndex((row) => row.includes(place))

/** The folder or file directly below the server's sources; a package by its own name. */
function serverPlace(target: string): string {
  return target.startsWith(`${SERVER}/`) ? (target.slice(SERVER.length + 1).split('/')[0] ?? '') : target
}

/** A pure file must not reach an impure module, not even through other files. Types are erased and don't count. */
function purityProblems(start: string, graph: ReadonlyMap<string, readonly Import[]>): string[] {
  const allowed = Object.entries(PURE).find(([folder]) => start.startsWith(`${folder}/`))?.[1]
  if (allowed === undefined) return []
  const problems: string[] = []
  const seen = new Set<string>()
  const visit = (file: string, way: readonly string[]): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const { target, typeOnly } of graph.get(file) ?? []) {
      if (typeOnly) continue
      if (IMPURE.test(target) && !allowed.includes(target)) {
        problems.push(
          `${[...way, file, target].join(' → ')}: ${dirname(start)} is pure and must not reach ${target}.`,
        )
      } else visit(target, [...way, file])
    }
  }
  visit(start, [])
  return problems
}

const STATIC_IMPORT =
  /^(?:import|export)\s+(type\s+)?(?:(?:[\w$]+,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?\s*from\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC_IMPORT = /\bimport\(\s*['"]([^'"]+)['"]/g

function importsOf(file: string, text: string): Import[] {
  const found = [
    ...[...text.matchAll(STATIC_IMPORT)].map((match) => ({
      specifier: match[2] ?? '',
      typeOnly: match[1] !== undefined,
    })),
    ...[...text.matchAll(DYNAMIC_IMPORT)].map((match) => ({ specifier: match[1] ?? '', typeOnly: false })),
  ]
  return found.map(({ specifier, typeOnly }) => ({
    specifier,
    typeOnly,
    target: specifier.startsWith('.') ? join(dirname(file), specifier) : specifier,
  }))
}

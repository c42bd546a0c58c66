import { dirname, join } from 'node:path/posix'
import type { Sources } from './imports.ts'

/**
 * Links of Markdown files that lead nowhere: to a file that is not tracked, or to a heading that is not there.
 * Addresses on the network are not visited.
 *
 * @param files every tracked path, pictures included
 */
export function findLinkProblems(sources: Sources, files: ReadonlySet<string>): string[] {
  const folders = new Set([...files].flatMap(foldersOf))
  const problems: string[] = []
  for (const [file, text] of sources) {
    if (!file.endsWith('.md')) continue
    for (const link of linksOf(text)) {
      const [path = '', heading] = link.split('#')
      const target = path === '' ? file : join(dirname(file), decodeURI(path)).replace(/\/$/, '')
      if (!files.has(target) && !folders.has(target))
        problems.push(`${file} links to ${link}, which is not there.`)
      else if (
        heading !== undefined &&
        target.endsWith('.md') &&
        !anchorsOf(sources.get(target) ?? '').has(heading)
      ) {
        problems.push(`${file} links to ${link}, but ${target} has no such heading.`)
      }
    }
  }
  return problems
}

/** The folders in which a file lies, the root included. */
function foldersOf(file: string): string[] {
  const folder = dirname(file)
  return folder === '.' ? ['.'] : [folder, ...foldersOf(folder)]
}

function linksOf(text: string): string[] {
  const prose = withoutCode(text).replaceAll(/`[^`\n]*`/g, '')
  const inline = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map((match) => match[1] ?? '')
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?$/gm)].map((match) => match[1] ?? '')
  const html = [...prose.matchAll(/<(?:img|a)\s[^>]*?(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
  return [...inline, ...references, ...html].filter((link) => !/^[a-z][a-z+.-]*:|^\/\//i.test(link))
}

/** The anchors that GitHub gives to headings: lower case, without punctuation, hyphens for spaces, numbered when repeated. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, title = ''] of withoutCode(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replaceAll(/\s/g, '-')
    let unique = anchor
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`
    anchors.add(unique)
  }
  return anchors
}

const withoutCode = (text: string): string => text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '')

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ProgramState, planInstall } from './plan-install.mjs'

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
const linux = { platform: 'linux', osRelease: DEBIAN, isRoot: false, sudo: false, brew: false }

const fine = (name: ProgramState['name']): ProgramState => ({ name, problem: null })
const absent = (name: ProgramState['name']): ProgramState => ({
  name,
  problem: { kind: 'absent', sentence: `${name} is not installed.` },
})
const tooOld: ProgramState = { name: 'ffmpeg', problem: { kind: 'unfit', sentence: 'ffmpeg is 4.4.' } }

test('nothing is done or said where all is there', () => {
  const have = [fine('ffmpeg'), fine('ffprobe'), fine('espeak-ng'), fine('bwrap'), fine('prlimit')]
  assert.deepEqual(planInstall({ ...linux, isRoot: true, have }), { action: 'none', commands: [], lines: [] })
})

test('root on Debian installs each package once, after an update only where needed', () => {
  const have = [absent('ffmpeg'), absent('ffprobe'), absent('espeak-ng'), absent('bwrap')]
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
  assert.deepEqual(planInstall({ ...linux, isRoot: true, have }), {
    action: 'install',
    commands: [
      ['apt-get', 'update'],
      [...install, 'ffmpeg', 'espeak-ng', 'bubblewrap'],
    ],
    lines: ['Installing ffmpeg, espeak-ng, bubblewrap with apt-get.'],
  })
})

test('sudo without a password is used, and never asks', () => {
  const plan = planInstall({ ...linux, sudo: true, have: [absent('espeak-ng')] })
  assert.equal(plan.action, 'install')
  assert.deepEqual(plan.commands[0], ['sudo', '-n', 'apt-get', 'update'])
  assert.deepEqual(plan.commands[1]?.slice(0, 4), ['sudo', '-n', 'apt-get', 'install'])
})

test('without the right to install, the exact command is told', () => {
  const plan = planInstall({ ...linux, have: [absent('ffmpeg'), absent('ffprobe')] })
  assert.equal(plan.action, 'stop')
  assert.deepEqual(plan.commands, [])
  assert.deepEqual(plan.lines.slice(0, 2), ['ffmpeg is not installed.', 'ffprobe is not installed.'])
  assert.match(plan.lines.at(-1) ?? '', /^ {4}sudo apt-get update && sudo apt-get install -y .* ffmpeg$/)
})

const SYSTEMS = [
  ['ID=ubuntu\nID_LIKE=debian\n', 'apt-get'],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'apt-get'],
  ['ID=fedora\n', 'dnf'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'dnf'],
  ['ID=arch\n', 'pacman'],
  ['ID=alpine\n', 'apk'],
  ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'zypper'],
] as const

for (const [osRelease, program] of SYSTEMS) {
  test(`${osRelease.split('\n')[0]} is served by ${program}`, () => {
    const plan = planInstall({ ...linux, isRoot: true, osRelease, have: [absent('espeak-ng')] })
    assert.equal(plan.commands.at(-1)?.[0], program)
    assert.equal(plan.commands.at(-1)?.at(-1), 'espeak-ng')
  })
}

test('an unknown Linux is told what is needed', () => {
  const plan = planInstall({ ...linux, isRoot: true, osRelease: 'ID=void\n', have: [absent('ffmpeg')] })
  assert.equal(plan.action, 'stop')
  assert.match(plan.lines.join('\n'), /ffmpeg 5\.1 to 8 .* espeak-ng/)
})

test('another system is told where Cutroom runs', () => {
  const plan = planInstall({ ...linux, platform: 'win32', osRelease: '', have: [absent('ffmpeg')] })
  assert.equal(plan.action, 'stop')
  assert.match(plan.lines.join('\n'), /Linux and macOS/)
})

test('Homebrew brings the complete ffmpeg, without sudo', () => {
  const mac = { ...linux, platform: 'darwin', osRelease: '' }
  const have = [absent('ffmpeg'), absent('ffprobe'), absent('espeak-ng')]
  assert.deepEqual(planInstall({ ...mac, brew: true, have }).commands, [
    ['brew', 'install', 'ffmpeg-full', 'espeak-ng'],
  ])
  const told = planInstall({ ...mac, have })
  assert.equal(told.action, 'stop')
  assert.equal(told.lines.at(-1), '    brew install ffmpeg-full espeak-ng')
})

test('an ffmpeg that Debian cannot better stops with the way out, and installs nothing', () => {
  const plan = planInstall({ ...linux, isRoot: true, have: [tooOld, absent('espeak-ng')] })
  assert.equal(plan.action, 'stop')
  assert.match(plan.lines.join('\n'), /ffmpeg is 4\.4\.[\s\S]*CUTROOM_FFMPEG/)
})

test('a setting that names no program is never answered by installing one', () => {
  const problem = { kind: 'setting', sentence: 'CUTROOM_FFMPEG names /x, which is no program.' } as const
  const plan = planInstall({ ...linux, isRoot: true, have: [{ name: 'ffmpeg', problem }] })
  assert.equal(plan.action, 'stop')
  assert.match(plan.lines.join('\n'), /Correct the environment variable/)
})

test('without the sandbox alone the work goes on, and says so', () => {
  const plan = planInstall({ ...linux, have: [fine('ffmpeg'), absent('bwrap')] })
  assert.equal(plan.action, 'go-on')
  assert.match(plan.lines.join('\n'), /without a sandbox[\s\S]*apt-get install .* bubblewrap$/)
})

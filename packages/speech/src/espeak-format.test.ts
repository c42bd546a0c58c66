import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseVoices, plainText, speakArgs } from './espeak-format.ts'

const TABLE = `Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  chr-US-Qaaa-x-west --/M      Cherokee_          iro/chr              
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
 2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 5  mi              --/M      Māori             poz/mi               
 5  quc             --/M      K'iche'            myn/quc              
 6  pt-br           --/F      brazil-mbrola-2    mb/mb-br2            (pt 8)
 5  eo              --/-      Esperanto          art/eo               
 5  yue             --/M      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)
 5  yue             --/M      Chinese_(Cantonese,_latin_as_Jyutping) sit/yue-Latn-jyutping (zh-yue 5)(zh 8)
`

test('the table of voices is read: the first of two with one language, none that cannot be asked for', () => {
  assert.deepEqual(parseVoices(TABLE), [
    {
      id: 'cmn',
      name: 'Chinese (Mandarin, latin as English)',
      languages: ['cmn', 'zh-cmn', 'zh'],
      gender: 'male',
    },
    { id: 'en-us', name: 'English (America)', languages: ['en-us', 'en'], gender: 'male' },
    { id: 'mi', name: 'Māori', languages: ['mi'], gender: 'male' },
    { id: 'quc', name: "K'iche'", languages: ['quc'], gender: 'male' },
    { id: 'pt-br', name: 'brazil-mbrola-2', languages: ['pt-br', 'pt'], gender: 'female' },
    { id: 'eo', name: 'Esperanto', languages: ['eo'], gender: null },
    { id: 'yue', name: 'Chinese (Cantonese)', languages: ['yue', 'zh-yue', 'zh'], gender: 'male' },
  ])
  assert.deepEqual(parseVoices(''), [])
})

test('the command line holds the voice in one token and never the text', () => {
  assert.deepEqual(speakArgs('en-us'), ['-ven-us', '-b1', '-s165', '-p45', '-g1', '--stdin', '--stdout'])
})

test('brackets, which could hold phoneme codes, are blanks', () => {
  assert.equal(plainText("a [[h@l'oU]] b [x]"), "a   h@l'oU   b  x ")
})

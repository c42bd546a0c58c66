/** “Hello, this is the voice of your next video.”, by the first part of a BCP 47 tag. */
const SENTENCES = new Map(
  Object.entries({
    af: 'Hallo, dit is die stem van jou volgende video.',
    ar: 'مرحبا، هذا هو صوت الفيديو القادم.',
    az: 'Salam, bu növbəti videonuzun səsidir.',
    be: 'Вітаю, гэта голас вашага наступнага відэа.',
    bg: 'Здравейте, това е гласът на следващото ви видео.',
    bn: 'নমস্কার, এটি আপনার পরবর্তী ভিডিওর কণ্ঠ।',
    bs: 'Zdravo, ovo je glas vašeg sljedećeg videa.',
    ca: 'Hola, aquesta és la veu del teu pròxim vídeo.',
    cmn: '你好，这是你下一个视频的声音。',
    cs: 'Ahoj, tohle je hlas vašeho dalšího videa.',
    cy: 'Helo, dyma lais eich fideo nesaf.',
    da: 'Hej, det her er stemmen i din næste video.',
    de: 'Hallo, das ist die Stimme deines nächsten Videos.',
    el: 'Γεια σας, αυτή είναι η φωνή του επόμενου βίντεό σας.',
    en: 'Hello, this is the voice of your next video.',
    eo: 'Saluton, ĉi tio estas la voĉo de via sekva video.',
    es: 'Hola, esta es la voz de tu próximo vídeo.',
    et: 'Tere, see on sinu järgmise video hääl.',
    eu: 'Kaixo, hau da zure hurrengo bideoaren ahotsa.',
    fa: 'سلام، این صدای ویدیوی بعدی شماست.',
    fi: 'Hei, tämä on seuraavan videosi ääni.',
    fr: 'Bonjour, voici la voix de votre prochaine vidéo.',
    ga: 'Dia duit, seo é guth do chéad fhíseáin eile.',
    he: 'שלום, זה הקול של הסרטון הבא שלך.',
    hi: 'नमस्ते, यह आपके अगले वीडियो की आवाज़ है।',
    hr: 'Bok, ovo je glas vašeg sljedećeg videa.',
    hu: 'Szia, ez a következő videód hangja.',
    hy: 'Բարև, սա ձեր հաջորդ տեսանյութի ձայնն է։',
    id: 'Halo, ini suara video Anda berikutnya.',
    is: 'Halló, þetta er röddin í næsta myndbandi þínu.',
    it: 'Ciao, questa è la voce del tuo prossimo video.',
    ja: 'こんにちは、つぎの どうがの こえです。',
    ka: 'გამარჯობა, ეს არის თქვენი შემდეგი ვიდეოს ხმა.',
    ko: '안녕하세요, 다음 영상의 목소리입니다.',
    lt: 'Sveiki, tai jūsų kito vaizdo įrašo balsas.',
    lv: 'Sveiki, šī ir jūsu nākamā video balss.',
    mk: 'Здраво, ова е гласот на вашето следно видео.',
    mr: 'नमस्कार, हा तुमच्या पुढच्या व्हिडिओचा आवाज आहे.',
    ms: 'Helo, ini suara video anda yang seterusnya.',
    nb: 'Hei, dette er stemmen i den neste videoen din.',
    ne: 'नमस्ते, यो तपाईंको अर्को भिडियोको आवाज हो।',
    nl: 'Hallo, dit is de stem van je volgende video.',
    pl: 'Cześć, to jest głos twojego następnego filmu.',
    pt: 'Olá, esta é a voz do seu próximo vídeo.',
    ro: 'Bună, aceasta este vocea următorului tău videoclip.',
    ru: 'Здравствуйте, это голос вашего следующего видео.',
    sk: 'Ahoj, toto je hlas vášho ďalšieho videa.',
    sl: 'Pozdravljeni, to je glas vašega naslednjega videa.',
    sq: 'Përshëndetje, ky është zëri i videos suaj të ardhshme.',
    sr: 'Здраво, ово је глас вашег следећег видеа.',
    sv: 'Hej, det här är rösten i din nästa video.',
    sw: 'Habari, hii ni sauti ya video yako ijayo.',
    ta: 'வணக்கம், இது உங்கள் அடுத்த வீடியோவின் குரல்.',
    te: 'నమస్కారం, ఇది మీ తదుపరి వీడియో స్వరం.',
    th: 'สวัสดี นี่คือเสียงของวิดีโอถัดไปของคุณ',
    tr: 'Merhaba, bu bir sonraki videonuzun sesi.',
    uk: 'Вітаю, це голос вашого наступного відео.',
    ur: 'السلام علیکم، یہ آپ کی اگلی ویڈیو کی آواز ہے۔',
    vi: 'Xin chào, đây là giọng nói của video tiếp theo của bạn.',
    yue: '你好，呢個係你下一條影片嘅聲音。',
  }),
)
/** Other names of the same languages. */
const ALIASES = new Map(Object.entries({ no: 'nb', zh: 'cmn' }))
/** Every voice reads digits out in its own language. */
const COUNTING = '1, 2, 3, 4, 5.'

/** A short sentence to hear a voice by, in a language (BCP 47); counting where no sentence of that language and script is known. */
export function sampleSentence(language: string): string {
  const [primary = '', ...rest] = language.toLowerCase().split('-')
  // Voices that read a language in Latin letters, which is not its own script.
  if (rest.includes('latn')) return COUNTING
  return SENTENCES.get(ALIASES.get(primary) ?? primary) ?? COUNTING
}

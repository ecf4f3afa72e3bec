type Problem = { status: number; ko: string; en: string; retryAfterSeconds?: number }

/** Refusals of lists of people on their way into the guest book; part of the table in `problem.ts`. */
export const guestProblems = {
  'not-csv': {
    status: 415,
    ko: 'CSV 파일만 가져올 수 있어요. 엑셀에서 ‘CSV UTF-8’로 저장해 주세요.',
    en: 'Only CSV files can be imported. In Excel, save as “CSV UTF-8”.',
  },
  'empty-file': {
    status: 422,
    ko: '파일에 손님이 한 명도 없어요. 첫 줄에 열 이름, 그 아래에 손님을 한 줄씩 적어 주세요.',
    en: 'The file holds no guests. The first line names the columns, each line below is one guest.',
  },
  'unknown-encoding': {
    status: 422,
    ko: '파일의 글자를 읽을 수 없어요. 엑셀에서 ‘CSV UTF-8’로 다시 저장해 주세요.',
    en: 'The text of this file can’t be read. In Excel, save it again as “CSV UTF-8”.',
  },
  'broken-csv': {
    status: 422,
    ko: '{line}번째 줄부터 읽을 수 없어요. 따옴표(")가 짝이 맞는지 확인해 주세요.',
    en: 'The file can’t be read from line {line} on. Please check that every quotation mark (") has its partner.',
  },
  'no-header': {
    status: 422,
    ko: '첫 줄에 이름 열과, 전화나 이메일 열이 있어야 해요. 예: 이름, 전화, 이메일, 태그, 메모',
    en: 'The first line has to name a column for names, and one for phones or emails, such as: Name, Phone, Email, Tags, Note.',
  },
  'column-twice': {
    status: 422,
    ko: '같은 내용의 열이 두 개 있어요. 하나만 남겨 주세요. 예: 전화와 휴대폰',
    en: 'Two columns hold the same kind of thing, such as Phone and Mobile. Please keep one of them.',
  },
  'too-many-columns': {
    status: 422,
    ko: '열이 너무 많아요. 손님 목록에 필요한 열만 남겨 주세요.',
    en: 'That file has too many columns. Please keep only those of a guest list.',
  },
  'too-many-lines': {
    status: 422,
    ko: '손님은 한 번에 50,000명까지 가져올 수 있어요. 파일을 나눠 주세요.',
    en: 'Up to 50,000 guests can be imported at a time. Please split the file.',
  },
  'import-running': {
    status: 409,
    ko: '다른 파일을 아직 확인하거나 가져오고 있어요. 끝난 뒤에 다시 해 주세요.',
    en: 'Another file is still being checked or imported. Please try again once it is done.',
    retryAfterSeconds: 5,
  },
} as const satisfies Record<string, Problem>

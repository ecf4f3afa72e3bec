type Problem = { status: number; ko: string; en: string }

/** Refusals of a restaurant’s tables, their areas, combinations and places; part of the table in `problem.ts`. */
export const tableProblems = {
  'too-many-tables': {
    status: 422,
    ko: '테이블은 200개까지 넣을 수 있어요. 쓰지 않는 테이블을 먼저 지워 주세요.',
    en: 'There can be up to 200 tables. Please remove unused ones first.',
  },
  'no-such-table': {
    status: 422,
    ko: '그 번호의 테이블이 없어요. 테이블 번호를 확인해 주세요.',
    en: 'There is no table with that number. Please check the numbers.',
  },
  'over-seats': {
    status: 422,
    ko: '조합 인원은 테이블들의 최대 인원을 합친 수를 넘을 수 없어요. 조합 인원이나 테이블 인원을 고쳐 주세요.',
    en: 'A combination can’t seat more than its tables together. Please change its party size or the tables’.',
  },
  'same-combination': {
    status: 422,
    ko: '같은 테이블로 된 조합이 이미 있어요. 하나만 남겨 주세요.',
    en: 'There is a combination of the same tables already. Please keep one.',
  },
  'same-area': {
    status: 422,
    ko: '같은 이름의 구역이 이미 있어요. 다른 이름을 적어 주세요.',
    en: 'There is an area with that name already. Please choose another.',
  },
  'table-in-two-areas': {
    status: 422,
    ko: '한 테이블이 두 구역에 들어 있어요. 한 곳에만 넣어 주세요.',
    en: 'A table is in two areas. Please put it in one.',
  },
  'same-cell': {
    status: 422,
    ko: '한 칸에 테이블이 두 개 있어요. 하나를 다른 칸으로 옮겨 주세요.',
    en: 'Two tables are in one place. Please move one of them.',
  },
  'area-empty': {
    status: 422,
    ko: '이 구역에는 테이블이 없어요. 다른 구역을 고르거나 테이블을 직접 골라 주세요.',
    en: 'There is no table in that area. Please choose another, or choose tables.',
  },
  'not-shorter': {
    status: 422,
    ko: '닫는 시간은 앞당길 수만 있어요. 더 오래 닫으려면 이어서 한 번 더 닫아 주세요.',
    en: 'A closing can only be made shorter. To keep it closed for longer, close it once more from then on.',
  },
  'already-closed': {
    status: 409,
    ko: '그 시간에 이미 닫은 테이블이 있어요. 닫아 둔 목록을 확인해 주세요.',
    en: 'One of these tables is closed at that time already. Please look at what is closed.',
  },
  'table-closed': {
    status: 409,
    ko: '지금 닫아 둔 테이블이에요. 닫은 테이블이나 구역을 먼저 다시 열어 주세요.',
    en: 'That table is closed for now. Please reopen the table or its area first.',
  },
} as const satisfies Record<string, Problem>

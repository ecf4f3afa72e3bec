/** The number of tables of each class: for two, four, six and eight. */
export type TableClasses = { twos: number; fours: number; sixes?: number; eights?: number }

export type DemoRestaurant = {
  slug: string
  name: string
  nameEn: string
  category: string
  region: string
  address: string
  /** Exchanges numbered 0000 are never assigned, so no phone rings. */
  phone: string
  description: string
  descriptionEn: string
  sameDayOnly?: boolean
  /**
   * Minutes after midnight at which bookings of a date open. Absent: as soon as the horizon is
   * there.
   */
  opensMinutes?: number
  confirmWithinMinutes?: number
  seatingMinutes: number
  /** Absent: takes no bookings, only a waiting line. */
  tables?: TableClasses
  /** Wall times; past midnight they count on, '24:30'. */
  seatings: string[]
  /** 1 is Monday, 7 is Sunday. Absent: never closed. */
  closedWeekday?: number
  /** A single day off, that many days ahead. */
  closure?: { daysAhead: number; reason: string }
  isOwnedByDemoOwner?: boolean
}

export const demoRestaurants: DemoRestaurant[] = [
  {
    slug: 'friday',
    name: '금요일의 부엌',
    nameEn: 'Friday Kitchen',
    category: '모던 한식',
    region: '성수',
    address: '서울 성동구 연무장13길 8, 1층',
    phone: '02-0000-0105',
    description:
      '방송에서 불을 가장 잘 다루는 요리사로 알려진 한도윤 셰프가 그날 아침 장을 본 재료로만 상을 차려요. 예약은 당일 자리만, 밥줄에서만 받아요.',
    descriptionEn:
      'Chef Han Do-yun, known across the country for his way with fire, cooks only what he bought at the market this morning. Tables are booked for the same day, and only on Bobjool.',
    sameDayOnly: true,
    opensMinutes: 600,
    seatingMinutes: 90,
    tables: { twos: 5, fours: 5, sixes: 3, eights: 1 },
    seatings: ['11:30', '13:00', '17:30', '19:00', '20:30'],
    isOwnedByDemoOwner: true,
  },
  {
    slug: 'garden',
    name: '연남 뜰',
    nameEn: 'Yeonnam Garden',
    category: '이탈리안',
    region: '연남',
    address: '서울 마포구 성미산로29안길 12',
    phone: '02-0000-0217',
    description:
      '감나무가 있는 작은 마당에서 매일 아침 반죽한 생면 파스타를 내요. 해가 지면 마당의 등을 하나씩 켜 드려요.',
    descriptionEn:
      'Pasta rolled fresh every morning, served around a small courtyard with a persimmon tree. When the sun goes down we light the lanterns one by one.',
    seatingMinutes: 120,
    tables: { twos: 4, fours: 4, sixes: 1, eights: 1 },
    seatings: ['12:00', '14:00', '17:30', '19:30'],
    closure: { daysAhead: 18, reason: '마당 손질' },
    isOwnedByDemoOwner: true,
  },
  {
    slug: 'corner',
    name: '골목국수',
    nameEn: 'Corner Noodles',
    category: '국수',
    region: '망원',
    address: '서울 마포구 망원로8길 21',
    phone: '02-0000-0388',
    description:
      '멸치와 디포리로 새벽부터 우린 국물에 갓 삶은 소면을 말아 드려요. 예약 없이 오신 순서대로 모셔요.',
    descriptionEn:
      'Thin wheat noodles in an anchovy broth that has been simmering since dawn. No bookings here: everybody is seated in the order they came.',
    seatingMinutes: 45,
    seatings: [],
    isOwnedByDemoOwner: true,
  },
  {
    slug: 'seochon-table',
    name: '서촌식탁',
    nameEn: 'Seochon Table',
    category: '한정식',
    region: '서촌',
    address: '서울 종로구 자하문로7길 31',
    phone: '02-0000-0462',
    description:
      '삼대째 이어 온 장으로 간을 맞춘 아홉 가지 찬과 솥밥을 한 상에 올려요. 상을 새로 차려야 해서, 예약하신 뒤 10분 안에 한 번 더 확인해 주셔야 해요.',
    descriptionEn:
      'Nine side dishes and rice from an iron pot, seasoned with soybean paste three generations old. Every table is laid anew, so we ask you to confirm within ten minutes of booking.',
    confirmWithinMinutes: 10,
    seatingMinutes: 90,
    tables: { twos: 3, fours: 4, sixes: 2 },
    seatings: ['11:30', '13:00', '17:30', '19:00'],
    closedWeekday: 1,
  },
  {
    slug: 'hannam-hearth',
    name: '한남화로',
    nameEn: 'Hannam Hearth',
    category: '고기구이',
    region: '한남',
    address: '서울 용산구 이태원로54가길 17, 2층',
    phone: '02-0000-0529',
    description:
      '열흘 동안 숙성한 한우를 참숯 화로에 올려 자리에서 구워 드려요. 마지막에는 된장을 풀어 끓인 누룽지로 속을 달래요.',
    descriptionEn:
      'Korean beef, aged for ten days and grilled for you over oak charcoal at the table. The evening ends with scorched rice simmered in soybean broth.',
    seatingMinutes: 120,
    tables: { twos: 2, fours: 6, sixes: 2, eights: 2 },
    seatings: ['12:00', '17:00', '19:00', '21:00'],
  },
  {
    slug: 'haeundae-haeon',
    name: '스시 해온',
    nameEn: 'Sushi Haeon',
    category: '일식',
    region: '해운대',
    address: '부산 해운대구 달맞이길65번길 14',
    phone: '051-0000-0614',
    description:
      '새벽 경매에서 고른 남해 생선을 그날 다 쓸 만큼만 손질해요. 바다가 보이는 자리에서 천천히 드시고 가세요.',
    descriptionEn:
      'Fish from the southern sea, chosen at the dawn auction and only as much as a day needs. Take your time, with the sea in view.',
    seatingMinutes: 90,
    tables: { twos: 6, fours: 2 },
    seatings: ['12:00', '13:30', '18:00', '19:30'],
    closedWeekday: 3,
  },
  {
    slug: 'euljiro-late',
    name: '을지로 늦은밤',
    nameEn: 'Euljiro Late Night',
    category: '주점',
    region: '을지로',
    address: '서울 중구 을지로14길 25, 3층',
    phone: '02-0000-0733',
    description:
      '인쇄소가 문을 닫으면 불이 켜지는, 제철 안주와 우리 술을 내는 집이에요. 자정이 넘어도 따뜻한 국물을 끓여 드려요.',
    descriptionEn:
      'When the print shops close our lights come on, with seasonal plates and Korean spirits. There is hot soup long after midnight.',
    seatingMinutes: 120,
    tables: { twos: 4, fours: 4, sixes: 2 },
    seatings: ['18:00', '20:00', '22:00', '24:00'],
  },
  {
    slug: 'aewol-haenyeo',
    name: '물질하는 집',
    nameEn: 'The Diver’s House',
    category: '해산물',
    region: '제주 애월',
    address: '제주 제주시 애월읍 애월북서길 42',
    phone: '064-0000-0816',
    description:
      '해녀이신 어머니가 아침에 잡아 온 전복과 뿔소라를 그대로 상에 올려요. 바람이 센 날은 메뉴가 줄지만, 보말죽은 늘 있어요.',
    descriptionEn:
      'Abalone and turban shells that our mother, a haenyeo diver, brought up this morning. On stormy days the menu gets shorter, but there is always sea snail porridge.',
    seatingMinutes: 90,
    tables: { twos: 2, fours: 5, sixes: 2, eights: 1 },
    seatings: ['11:00', '12:30', '14:00', '17:30', '19:00'],
  },
  {
    slug: 'jeonju-bowl',
    name: '전주 한그릇',
    nameEn: 'One Bowl Jeonju',
    category: '비빔밥',
    region: '전주 한옥마을',
    address: '전북 전주시 완산구 은행로 63-2',
    phone: '063-0000-0927',
    description:
      '사골로 지은 밥에 나물 열두 가지를 올린 비빔밥 하나만 해요. 놋그릇이 식기 전에 천천히 비벼 드세요.',
    descriptionEn:
      'We make one thing: bibimbap, with rice cooked in beef broth under twelve kinds of greens. Mix it slowly, while the brass bowl is warm.',
    seatingMinutes: 60,
    tables: { twos: 4, fours: 6, sixes: 2, eights: 1 },
    seatings: ['11:00', '12:00', '13:00', '17:00', '18:00', '19:00'],
  },
  {
    slug: 'mangwon-curry',
    name: '망원커리',
    nameEn: 'Mangwon Curry',
    category: '커리',
    region: '망원',
    address: '서울 마포구 월드컵로13길 77',
    phone: '02-0000-1034',
    description:
      '향신료를 매일 아침 볶고 갈아 남인도식 커리 네 가지를 끓여요. 혼자 오셔도 편한 창가 자리가 있어요.',
    descriptionEn:
      'Four South Indian curries, from spices we roast and grind every morning. There is a window seat for you if you come alone.',
    seatingMinutes: 60,
    tables: { twos: 6, fours: 3 },
    seatings: ['11:30', '12:30', '13:30', '17:30', '18:30', '19:30'],
  },
  {
    slug: 'bukchon-tea',
    name: '북촌 찻상',
    nameEn: 'Bukchon Tea Table',
    category: '찻집',
    region: '북촌',
    address: '서울 종로구 계동길 88-1',
    phone: '02-0000-1145',
    description:
      '백 년 된 한옥 마루에서 우리 차와 손으로 빚은 다과를 내요. 비 오는 날이면 처마 밑 자리가 가장 먼저 차요.',
    descriptionEn:
      'Korean tea and hand-shaped sweets on the wooden floor of a century-old hanok. On rainy days the seats under the eaves go first.',
    seatingMinutes: 90,
    tables: { twos: 6, fours: 2, sixes: 1 },
    seatings: ['11:00', '12:30', '14:00', '15:30', '17:00'],
    closedWeekday: 2,
  },
  {
    slug: 'pangyo-banjeom',
    name: '판교반점',
    nameEn: 'Pangyo Banjeom',
    category: '중식',
    region: '판교',
    address: '경기 성남시 분당구 판교역로192번길 22',
    phone: '031-0000-1258',
    description:
      '센 불에 빠르게 볶아 낸 짜장과 바삭한 탕수육으로 점심을 든든하게 채워 드려요. 여럿이 오시면 둥근 식탁을 펴 드려요.',
    descriptionEn:
      'Black bean noodles tossed over a roaring flame and crisp sweet-and-sour pork, for a lunch that lasts. Come as a group and we set up the round table.',
    seatingMinutes: 60,
    tables: { twos: 2, fours: 6, sixes: 2, eights: 3 },
    seatings: ['11:30', '12:30', '13:30', '17:30', '18:30', '19:30'],
    closedWeekday: 7,
  },
]

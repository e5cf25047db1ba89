/** Cases of the conformance test: each row says what MongoDB's documentation says. */
import mongoose from 'mongoose';

type Doc = Record<string, unknown>;
const { ObjectId, Binary, Long } = mongoose.mongo.BSON;

const t = (ms: number): Date => new Date(ms);
const oid = new ObjectId('65a1b2c3d4e5f60718293a4b');

interface FilterCase {
  name: string;
  /** get _id 1, 2, 3 … */
  docs: Doc[];
  filter: Doc;
  finds: number[];
  /** repeated with this index */
  index?: Record<string, 1 | -1>;
}

const people = [
  { age: 20, name: 'Aigul', tags: ['a', 'b'] },
  { age: 35, name: 'Berik', tags: [] },
  { age: 50, name: 'aidar', tags: 'a' },
  { name: 'Dana', age: null },
  { name: 'Erlan' },
];
const nested = [
  { a: { b: 1, c: [{ d: 1 }, { d: 5 }] } },
  { a: { b: 2, c: [{ d: 2 }] } },
  { a: [{ b: 1 }, { b: 3 }] },
  { a: [] },
  { a: 5 },
  {},
];
const mixed = [
  { v: null },
  {},
  { v: 1 },
  { v: 2.5 },
  { v: Long.fromNumber(2) },
  { v: 'x' },
  { v: { a: 1 } },
  { v: [1, 9] },
  { v: [] },
  { v: true },
  { v: t(5) },
  { v: oid },
  { v: new Binary(Buffer.from([1, 2])) },
  { v: /x/ },
];

export const conformanceFilters: FilterCase[] = [
  { name: 'no filter', docs: people, filter: {}, finds: [1, 2, 3, 4, 5] },
  { name: 'implicit equality', docs: people, filter: { name: 'Berik' }, finds: [2], index: { name: 1 } },
  { name: '$eq', docs: people, filter: { age: { $eq: 35 } }, finds: [2], index: { age: -1 } },
  {
    name: 'null matches null and missing',
    docs: people,
    filter: { age: null },
    finds: [4, 5],
    index: { age: 1 },
  },
  { name: '$ne null', docs: people, filter: { age: { $ne: null } }, finds: [1, 2, 3], index: { age: 1 } },
  {
    name: '$gt and $lte',
    docs: people,
    filter: { age: { $gt: 20, $lte: 50 } },
    finds: [2, 3],
    index: { age: 1 },
  },
  {
    name: '$gte and $lt on a descending index',
    docs: people,
    filter: { age: { $gte: 20, $lt: 50 } },
    finds: [1, 2],
    index: { age: -1 },
  },
  {
    name: '$lt does not match null or missing',
    docs: people,
    filter: { age: { $lt: 100 } },
    finds: [1, 2, 3],
    index: { age: -1 },
  },
  {
    name: '$gte null matches null and missing',
    docs: people,
    filter: { age: { $gte: null } },
    finds: [4, 5],
  },
  { name: '$in', docs: people, filter: { age: { $in: [20, 50, 99] } }, finds: [1, 3], index: { age: 1 } },
  {
    name: '$in with null and a regex',
    docs: people,
    filter: { $or: [{ age: { $in: [null] } }, { name: { $in: [/^Ai/] } }] },
    finds: [1, 4, 5],
  },
  { name: '$nin matches missing too', docs: people, filter: { age: { $nin: [20, 35] } }, finds: [3, 4, 5] },
  {
    name: '$exists true counts null',
    docs: people,
    filter: { age: { $exists: true } },
    finds: [1, 2, 3, 4],
    index: { age: 1 },
  },
  { name: '$exists false', docs: people, filter: { age: { $exists: false } }, finds: [5], index: { age: 1 } },
  {
    name: '$and, $or, $nor',
    docs: people,
    filter: { $and: [{ $or: [{ age: 20 }, { name: 'Dana' }] }, { $nor: [{ name: 'Dana' }] }] },
    finds: [1],
  },
  { name: '$not', docs: people, filter: { age: { $not: { $gt: 30 } } }, finds: [1, 4, 5] },
  { name: '$not with a regex', docs: people, filter: { name: { $not: /a/ } }, finds: [1, 2] },
  { name: 'a regex with i', docs: people, filter: { name: /^ai/i }, finds: [1, 3] },
  {
    name: '$regex and $options',
    docs: people,
    filter: { name: { $regex: '^AI', $options: 'i' } },
    finds: [1, 3],
    index: { name: 1 },
  },
  {
    name: 'equality with an element of an array',
    docs: people,
    filter: { tags: 'a' },
    finds: [1, 3],
    index: { tags: 1 },
  },
  {
    name: 'equality with a whole array',
    docs: people,
    filter: { tags: ['a', 'b'] },
    finds: [1],
    index: { tags: 1 },
  },
  {
    name: 'equality with an empty array',
    docs: people,
    filter: { tags: [] },
    finds: [2],
    index: { tags: 1 },
  },
  {
    name: 'an empty array is not null',
    docs: people,
    filter: { tags: null },
    finds: [4, 5],
    index: { tags: 1 },
  },
  { name: '$all', docs: people, filter: { tags: { $all: ['b', 'a'] } }, finds: [1], index: { tags: 1 } },
  { name: '$all of one matches a scalar', docs: people, filter: { tags: { $all: ['a'] } }, finds: [1, 3] },
  { name: '$size', docs: people, filter: { tags: { $size: 0 } }, finds: [2] },
  {
    name: '$ne on an array means no element',
    docs: people,
    filter: { tags: { $ne: 'a' } },
    finds: [2, 4, 5],
  },
  { name: 'dotted path', docs: nested, filter: { 'a.b': 1 }, finds: [1, 3], index: { 'a.b': 1 } },
  {
    name: 'dotted path into arrays of documents',
    docs: nested,
    filter: { 'a.c.d': { $gt: 1 } },
    finds: [1, 2],
    index: { 'a.c.d': 1 },
  },
  { name: 'dotted path with a position', docs: nested, filter: { 'a.1.b': 3 }, finds: [3] },
  {
    name: 'dotted path equal to null',
    docs: nested,
    filter: { 'a.b': null },
    finds: [5, 6],
    index: { 'a.b': 1 },
  },
  {
    name: 'dotted path that does not exist',
    docs: nested,
    filter: { 'a.b': { $exists: false } },
    finds: [4, 5, 6],
  },
  {
    name: 'equality with a document is exact',
    docs: [{ v: { a: 1, b: 2 } }, { v: { b: 2, a: 1 } }, { v: { a: 1, b: 2, c: 3 } }],
    filter: { v: { a: 1, b: 2 } },
    finds: [1],
    index: { v: 1 },
  },
  {
    name: 'two conditions on an array may hold for different elements',
    docs: [{ v: [1, 10] }, { v: [5] }, { v: [1] }],
    filter: { v: { $gt: 3, $lt: 7 } },
    finds: [1, 2],
    index: { v: 1 },
  },
  {
    name: '$elemMatch needs one element for all',
    docs: [{ v: [1, 10] }, { v: [5] }, { v: 5 }],
    filter: { v: { $elemMatch: { $gt: 3, $lt: 7 } } },
    finds: [2],
    index: { v: 1 },
  },
  {
    name: '$elemMatch on documents',
    docs: [
      {
        v: [
          { q: 1, a: 2 },
          { q: 2, a: 1 },
        ],
      },
      { v: [{ q: 1, a: 1 }] },
    ],
    filter: { v: { $elemMatch: { q: 1, a: 1 } } },
    finds: [2],
  },
  {
    name: '$all with $elemMatch',
    docs: [{ v: [{ q: 1 }, { q: 2 }] }, { v: [{ q: 1 }] }],
    filter: { v: { $all: [{ $elemMatch: { q: 1 } }, { $elemMatch: { q: 2 } }] } },
    finds: [1],
  },
  {
    name: 'comparison stays within its type: number',
    docs: mixed,
    filter: { v: { $gte: 2 } },
    finds: [4, 5, 8],
    index: { v: 1 },
  },
  {
    name: 'comparison stays within its type: string',
    docs: mixed,
    filter: { v: { $gt: '' } },
    finds: [6],
    index: { v: 1 },
  },
  {
    name: 'comparison stays within its type: date',
    docs: mixed,
    filter: { v: { $lte: t(5) } },
    finds: [11],
    index: { v: 1 },
  },
  {
    name: 'comparison stays within its type: objectId',
    docs: mixed,
    filter: { v: { $gte: oid } },
    finds: [12],
    index: { v: -1 },
  },
  {
    name: 'comparison stays within its type: binary',
    docs: mixed,
    filter: { v: { $gt: new Binary(Buffer.from([1, 1])) } },
    finds: [13],
    index: { v: 1 },
  },
  {
    name: 'comparison stays within its type: bool',
    docs: mixed,
    filter: { v: { $gt: false } },
    finds: [10],
    index: { v: 1 },
  },
  {
    name: 'comparison stays within its type: object',
    docs: mixed,
    filter: { v: { $gte: { a: 1 } } },
    finds: [7],
    index: { v: 1 },
  },
  {
    name: 'int, long and double are one kind of number',
    docs: mixed,
    filter: { v: 2 },
    finds: [5],
    index: { v: 1 },
  },
  {
    name: 'equality with a binary',
    docs: mixed,
    filter: { v: new Binary(Buffer.from([1, 2])) },
    finds: [13],
    index: { v: 1 },
  },
  {
    name: 'long integers keep every digit',
    docs: [{ v: Long.fromString('9007199254740993') }, { v: Long.fromString('9007199254740992') }],
    filter: { v: Long.fromString('9007199254740993') },
    finds: [1],
    index: { v: 1 },
  },
  {
    name: 'zero and minus zero are equal',
    docs: [{ v: 0 }, { v: -0 }],
    filter: { v: 0 },
    finds: [1, 2],
    index: { v: 1 },
  },
  { name: '$type by name', docs: mixed, filter: { v: { $type: 'string' } }, finds: [6] },
  { name: '$type number', docs: mixed, filter: { v: { $type: 'number' } }, finds: [3, 4, 5, 8] },
  { name: '$type of several', docs: mixed, filter: { v: { $type: ['bool', 'objectId'] } }, finds: [10, 12] },
  { name: '$type array', docs: mixed, filter: { v: { $type: 'array' } }, finds: [8, 9] },
  { name: '$type null', docs: mixed, filter: { v: { $type: 10 } }, finds: [1] },
  {
    name: 'a compound index serves its prefix and a range',
    docs: [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 1, b: 3 },
      { a: 2, b: 2 },
    ],
    filter: { a: 1, b: { $gte: 2 } },
    finds: [2, 3],
    index: { a: 1, b: -1 },
  },
  {
    name: 'a string with a zero byte',
    docs: [{ v: 'a' }, { v: 'a\u0000' }, { v: 'a\u0000b' }, { v: 'a\u0001' }],
    filter: { v: { $gt: 'a', $lt: 'a\u0001' } },
    finds: [2, 3],
    index: { v: 1 },
  },
  {
    name: 'names that JavaScript objects have of themselves',
    docs: [{ constructor: 1 }, {}, { toString: 1 }],
    filter: { constructor: { $exists: true } },
    finds: [1],
  },
  {
    name: 'a range of keys of text',
    docs: [{ v: 'a:1' }, { v: 'a:2' }, { v: 'b:1' }, { v: 'a' }],
    filter: { v: { $gt: 'a:', $lt: 'a;' } },
    finds: [1, 2],
    index: { v: 1 },
  },
];

interface SortCase {
  name: string;
  docs: Doc[];
  sort: Record<string, 1 | -1>;
  filter?: Doc;
  order: number[];
  index?: Record<string, 1 | -1>;
}

const everyType = [
  { v: t(1) },
  { v: 'b' },
  { v: 3 },
  {},
  { v: { a: 1 } },
  { v: true },
  { v: oid },
  { v: new Binary(Buffer.from([1])) },
  { v: null },
  { v: 'a' },
  { v: -1 },
];

export const conformanceSorts: SortCase[] = [
  {
    name: 'order of the types',
    docs: everyType,
    sort: { v: 1, _id: 1 },
    order: [4, 9, 11, 3, 10, 2, 5, 8, 7, 6, 1],
    index: { v: 1, _id: 1 },
  },
  {
    name: 'reverse order of the types',
    docs: everyType,
    sort: { v: -1, _id: -1 },
    order: [1, 6, 7, 8, 5, 2, 10, 3, 11, 9, 4],
    index: { v: 1, _id: 1 },
  },
  {
    name: 'mixed directions',
    docs: [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    sort: { a: -1, b: 1 },
    order: [3, 1, 2],
    index: { a: 1, b: -1 },
  },
  {
    name: 'an array counts by its least element when ascending',
    docs: [{ v: [5, 1] }, { v: 2 }, { v: [] }, { v: null }],
    sort: { v: 1 },
    order: [3, 4, 1, 2],
    index: { v: 1 },
  },
  {
    name: 'an array counts by its greatest element when descending',
    docs: [{ v: [5, 1] }, { v: 2 }, { v: 9 }],
    sort: { v: -1 },
    order: [3, 1, 2],
    index: { v: 1 },
  },
  {
    name: 'text sorts by code point',
    docs: [{ v: 'я' }, { v: 'Z' }, { v: 'ә' }, { v: 'a' }, { v: '\u{1F642}' }, { v: '\uFF5E' }],
    sort: { v: 1 },
    order: [2, 4, 1, 3, 6, 5],
    index: { v: 1 },
  },
  {
    name: 'a filter on one field and a sort on the next use one index',
    docs: [
      { a: 1, b: 3 },
      { a: 2, b: 1 },
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ],
    filter: { a: 1 },
    sort: { b: -1 },
    order: [1, 4, 3],
    index: { a: 1, b: 1 },
  },
  {
    name: 'numbers of all sizes',
    docs: [
      { v: 1e300 },
      { v: Long.fromString('9007199254740993') },
      { v: -1e300 },
      { v: 0.5 },
      { v: Long.fromString('9007199254740992') },
      { v: Infinity },
      { v: NaN },
    ],
    sort: { v: 1 },
    order: [7, 3, 4, 5, 2, 1, 6],
    index: { v: 1 },
  },
];

interface UpdateCase {
  name: string;
  doc?: Doc;
  filter?: Doc;
  update: Doc;
  /** with _id, unless the server made one up */
  becomes?: Doc;
  code?: number;
  upsert?: boolean;
}

export const conformanceUpdates: UpdateCase[] = [
  {
    name: '$set of new and old fields',
    doc: { a: 1 },
    update: { $set: { a: 2, b: { c: 3 } } },
    becomes: { _id: 1, a: 2, b: { c: 3 } },
  },
  {
    name: '$set by path makes documents',
    doc: {},
    update: { $set: { 'a.b.c': 1 } },
    becomes: { _id: 1, a: { b: { c: 1 } } },
  },
  {
    name: '$set by position, filling with null',
    doc: { a: [1] },
    update: { $set: { 'a.3': 4 } },
    becomes: { _id: 1, a: [1, null, null, 4] },
  },
  { name: '$set below a scalar is refused', doc: { a: 1 }, update: { $set: { 'a.b': 1 } }, code: 28 },
  {
    name: '$unset',
    doc: { a: 1, b: [1, 2], c: { d: 1, e: 2 } },
    update: { $unset: { a: '', 'b.0': '', 'c.d': '', x: '' } },
    becomes: { _id: 1, b: [null, 2], c: { e: 2 } },
  },
  {
    name: '$inc of present and missing',
    doc: { a: 1, b: 1.5 },
    update: { $inc: { a: 2, b: -0.5, c: 7 } },
    becomes: { _id: 1, a: 3, b: 1, c: 7 },
  },
  { name: '$inc of a text is refused', doc: { a: 'x' }, update: { $inc: { a: 1 } }, code: 14 },
  { name: '$inc by a text is refused', doc: { a: 1 }, update: { $inc: { a: 'x' } }, code: 14 },
  { name: '$mul', doc: { a: 3 }, update: { $mul: { a: 2, b: 5 } }, becomes: { _id: 1, a: 6, b: 0 } },
  {
    name: '$min and $max',
    doc: { a: 5, b: 5, c: 5 },
    update: { $min: { a: 3, b: 9 }, $max: { c: 7, d: 1 } },
    becomes: { _id: 1, a: 3, b: 5, c: 7, d: 1 },
  },
  { name: '$max compares types', doc: { a: 5 }, update: { $max: { a: 'x' } }, becomes: { _id: 1, a: 'x' } },
  {
    name: '$rename',
    doc: { a: 1, b: { c: 2 } },
    update: { $rename: { a: 'z', 'b.c': 'y' } },
    becomes: { _id: 1, b: {}, y: 2, z: 1 },
  },
  { name: '$push one', doc: { a: [1] }, update: { $push: { a: [2] } }, becomes: { _id: 1, a: [1, [2]] } },
  { name: '$push makes an array', doc: {}, update: { $push: { a: 1 } }, becomes: { _id: 1, a: [1] } },
  { name: '$push to a scalar is refused', doc: { a: 1 }, update: { $push: { a: 1 } }, code: 2 },
  {
    name: '$push $each $slice',
    doc: { a: [1, 2] },
    update: { $push: { a: { $each: [3, 4], $slice: -3 } } },
    becomes: { _id: 1, a: [2, 3, 4] },
  },
  {
    name: '$push $each $sort $slice',
    doc: { a: [{ n: 2 }] },
    update: { $push: { a: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: 1 }, $slice: 2 } } },
    becomes: { _id: 1, a: [{ n: 1 }, { n: 2 }] },
  },
  {
    name: '$push $each $position',
    doc: { a: [1, 4] },
    update: { $push: { a: { $each: [2, 3], $position: 1 } } },
    becomes: { _id: 1, a: [1, 2, 3, 4] },
  },
  {
    name: '$addToSet',
    doc: { a: [1, { b: 1 }] },
    update: { $addToSet: { a: { $each: [1, { b: 1 }, { b: 2 }, 2, 2] } } },
    becomes: { _id: 1, a: [1, { b: 1 }, { b: 2 }, 2] },
  },
  { name: '$pull a value', doc: { a: [1, 2, 1] }, update: { $pull: { a: 1 } }, becomes: { _id: 1, a: [2] } },
  {
    name: '$pull by condition',
    doc: { a: [1, 5, 9] },
    update: { $pull: { a: { $gte: 5 } } },
    becomes: { _id: 1, a: [1] },
  },
  {
    name: '$pull documents by their fields',
    doc: { a: [{ q: 1, x: 1 }, { q: 2 }] },
    update: { $pull: { a: { q: 1 } } },
    becomes: { _id: 1, a: [{ q: 2 }] },
  },
  {
    name: '$pullAll',
    doc: { a: [1, 2, 3] },
    update: { $pullAll: { a: [1, 3] } },
    becomes: { _id: 1, a: [2] },
  },
  {
    name: '$pop at both ends',
    doc: { a: [1, 2, 3], b: [1, 2, 3] },
    update: { $pop: { a: 1, b: -1 } },
    becomes: { _id: 1, a: [1, 2], b: [2, 3] },
  },
  {
    name: 'the positional operator',
    doc: { a: [{ q: 1 }, { q: 2, n: 1 }] },
    filter: { 'a.q': 2 },
    update: { $inc: { 'a.$.n': 1 } },
    becomes: { _id: 1, a: [{ q: 1 }, { q: 2, n: 2 }] },
  },
  {
    name: 'the positional operator with $elemMatch',
    doc: {
      a: [
        { q: 1, r: 1 },
        { q: 1, r: 2 },
      ],
    },
    filter: { a: { $elemMatch: { q: 1, r: 2 } } },
    update: { $set: { 'a.$.x': 1 } },
    becomes: {
      _id: 1,
      a: [
        { q: 1, r: 1 },
        { q: 1, r: 2, x: 1 },
      ],
    },
  },
  {
    name: 'the positional operator without a match',
    doc: { a: [1] },
    update: { $set: { 'a.$': 2 } },
    code: 2,
  },
  { name: 'two operators on one path', doc: { a: 1 }, update: { $set: { a: 1 }, $inc: { a: 1 } }, code: 40 },
  { name: 'a path and its parent', doc: { a: { b: 1 } }, update: { $set: { a: 1, 'a.b': 1 } }, code: 40 },
  { name: 'the _id cannot change', doc: { a: 1 }, update: { $set: { _id: 2 } }, code: 66 },
  {
    name: 'the _id may be repeated',
    doc: { a: 1 },
    update: { $set: { _id: 1, a: 2 } },
    becomes: { _id: 1, a: 2 },
  },
  { name: 'an empty name in a path', doc: { a: 1 }, update: { $set: { 'a..b': 1 } }, code: 56 },
  { name: 'an unknown operator', doc: { a: 1 }, update: { $change: { a: 1 } }, code: 9 },
  { name: 'a replacement', doc: { a: 1, b: 2 }, update: { c: 3 }, becomes: { _id: 1, c: 3 } },
  { name: 'a replacement cannot change the _id', doc: { a: 1 }, update: { _id: 2, c: 3 }, code: 66 },
  {
    name: 'upsert takes equal fields from the filter',
    filter: { _id: 1, a: 1, b: { $gt: 3 }, c: { $eq: 'x' }, $and: [{ d: 4 }] },
    update: { $set: { e: 5 }, $setOnInsert: { f: 6 } },
    upsert: true,
    becomes: { _id: 1, a: 1, c: 'x', d: 4, e: 5, f: 6 },
  },
  {
    name: 'upsert by a dotted path',
    filter: { _id: 1, 'a.b': 1 },
    update: { $set: { 'a.c': 2 } },
    upsert: true,
    becomes: { _id: 1, a: { b: 1, c: 2 } },
  },
  {
    name: '$setOnInsert does nothing to a document that is there',
    doc: { a: 1 },
    update: { $setOnInsert: { b: 1 }, $set: { a: 2 } },
    upsert: true,
    becomes: { _id: 1, a: 2 },
  },
  {
    name: 'upsert of a replacement',
    filter: { _id: 1, a: 1 },
    update: { b: 2 },
    upsert: true,
    becomes: { _id: 1, b: 2 },
  },
  {
    name: 'upsert makes an _id',
    filter: { a: 1 },
    update: { $set: { b: 2 } },
    upsert: true,
    becomes: { a: 1, b: 2 },
  },
  {
    name: 'an upsert of two different values for one field',
    filter: { $and: [{ _id: 1 }], a: 1 },
    update: { $set: { a: 2 } },
    upsert: true,
    becomes: { _id: 1, a: 2 },
  },
];

interface ProjectionCase {
  name: string;
  doc: Doc;
  projection: Doc;
  shows?: Doc;
  code?: number;
}

const whole = { a: 1, b: { c: 2, d: [{ e: 3, f: 4 }, { e: 5 }] }, list: [1, 2, 3, 4] };

export const conformanceProjections: ProjectionCase[] = [
  { name: 'inclusion keeps _id', doc: whole, projection: { a: 1 }, shows: { _id: 1, a: 1 } },
  { name: 'inclusion without _id', doc: whole, projection: { a: true, _id: 0 }, shows: { a: 1 } },
  { name: 'exclusion', doc: whole, projection: { b: 0, list: 0 }, shows: { _id: 1, a: 1 } },
  { name: 'exclusion of _id alone', doc: { a: 1 }, projection: { _id: 0 }, shows: { a: 1 } },
  { name: '_id alone', doc: whole, projection: { _id: 1 }, shows: { _id: 1 } },
  {
    name: 'dotted inclusion goes into arrays',
    doc: whole,
    projection: { 'b.d.e': 1 },
    shows: { _id: 1, b: { d: [{ e: 3 }, { e: 5 }] } },
  },
  {
    name: 'dotted exclusion goes into arrays',
    doc: whole,
    projection: { 'b.d.e': 0, a: 0, list: 0 },
    shows: { _id: 1, b: { c: 2, d: [{ f: 4 }, {}] } },
  },
  { name: 'nested form', doc: whole, projection: { b: { c: 1 } }, shows: { _id: 1, b: { c: 2 } } },
  {
    name: '$slice',
    doc: whole,
    projection: { list: { $slice: -2 }, b: 0 },
    shows: { _id: 1, a: 1, list: [3, 4] },
  },
  {
    name: '$slice with skip',
    doc: whole,
    projection: { list: { $slice: [1, 2] }, b: 0 },
    shows: { _id: 1, a: 1, list: [2, 3] },
  },
  {
    name: '$elemMatch',
    doc: { v: [{ q: 1 }, { q: 2, x: 1 }, { q: 2 }] },
    projection: { v: { $elemMatch: { q: 2 } } },
    shows: { _id: 1, v: [{ q: 2, x: 1 }] },
  },
  { name: 'both kinds are refused', doc: whole, projection: { a: 1, list: 0 }, code: 31254 },
  { name: 'a path and its parent are refused', doc: whole, projection: { 'b.c': 1, b: 1 }, code: 31250 },
];

interface PipelineCase {
  name: string;
  docs: Doc[];
  pipeline: Doc[];
  gives?: Doc[];
  code?: number;
}

const sales = [
  { p: 'p1', n: 2, at: t(1000), tags: ['x', 'y'] },
  { p: 'p2', n: 5, at: t(3000), tags: [] },
  { p: 'p1', n: 3, at: t(2000) },
];

export const conformancePipelines: PipelineCase[] = [
  {
    name: '$match $sort $skip $limit',
    docs: sales,
    pipeline: [
      { $match: { n: { $gt: 1 } } },
      { $sort: { n: -1 } },
      { $skip: 1 },
      { $limit: 1 },
      { $project: { n: 1 } },
    ],
    gives: [{ _id: 3, n: 3 }],
  },
  {
    name: '$limit before $match',
    docs: sales,
    pipeline: [{ $sort: { _id: 1 } }, { $limit: 2 }, { $match: { p: 'p1' } }, { $project: { _id: 1 } }],
    gives: [{ _id: 1 }],
  },
  {
    name: '$group',
    docs: sales,
    pipeline: [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: '$p',
          sum: { $sum: '$n' },
          avg: { $avg: '$n' },
          min: { $min: '$n' },
          max: { $max: '$at' },
          first: { $first: '$n' },
          last: { $last: '$n' },
          all: { $push: '$n' },
          set: { $addToSet: '$p' },
          rows: { $sum: 1 },
          count: { $count: {} },
        },
      },
      { $sort: { _id: 1 } },
    ],
    gives: [
      {
        _id: 'p1',
        sum: 5,
        avg: 2.5,
        min: 2,
        max: t(2000),
        first: 2,
        last: 3,
        all: [2, 3],
        set: ['p1'],
        rows: 2,
        count: 2,
      },
      {
        _id: 'p2',
        sum: 5,
        avg: 5,
        min: 5,
        max: t(3000),
        first: 5,
        last: 5,
        all: [5],
        set: ['p2'],
        rows: 1,
        count: 1,
      },
    ],
  },
  {
    name: '$group by null, $sum of what is no number',
    docs: [{ v: 1 }, { v: 'x' }, {}, { v: 2.5 }],
    pipeline: [{ $group: { _id: null, s: { $sum: '$v' }, a: { $avg: '$v' } } }],
    gives: [{ _id: null, s: 3.5, a: 1.75 }],
  },
  { name: '$group of nothing', docs: [], pipeline: [{ $group: { _id: null, n: { $sum: 1 } } }], gives: [] },
  {
    name: '$unwind',
    docs: sales,
    pipeline: [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    gives: [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
    ],
  },
  {
    name: '$unwind keeping what has no array, with the position',
    docs: sales,
    pipeline: [
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $project: { tags: 1, i: 1 } },
      { $sort: { _id: 1, i: 1 } },
    ],
    gives: [
      { _id: 1, tags: 'x', i: 0 },
      { _id: 1, tags: 'y', i: 1 },
      { _id: 2, i: null },
      { _id: 3, i: null },
    ] as Doc[],
  },
  {
    name: '$lookup',
    docs: sales.slice(0, 2),
    pipeline: [
      { $lookup: { from: 'people', localField: 'p', foreignField: '_id', as: 'who' } },
      { $unwind: '$who' },
      { $project: { _id: 0, name: '$who.name' } },
    ],
    gives: [{ name: 'Aliya' }, { name: 'Berik' }],
  },
  {
    name: '$count',
    docs: sales,
    pipeline: [{ $match: { p: 'p1' } }, { $count: 'rows' }],
    gives: [{ rows: 2 }],
  },
  {
    name: '$count of nothing',
    docs: sales,
    pipeline: [{ $match: { p: 'p9' } }, { $count: 'rows' }],
    gives: [],
  },
  {
    name: '$addFields and $set',
    docs: [{ a: 1, b: { c: 2 } }],
    pipeline: [
      { $addFields: { d: '$b.c', 'b.x': { $add: ['$a', 10] } } },
      { $set: { e: { $cond: [{ $gt: ['$d', 1] }, 'big', 'small'] } } },
    ],
    gives: [{ _id: 1, a: 1, b: { c: 2, x: 11 }, d: 2, e: 'big' }],
  },
  {
    name: '$project with expressions',
    docs: [{ a: 6, b: 3, list: [7, 8] }],
    pipeline: [
      {
        $project: {
          _id: 0,
          sum: { $add: ['$a', '$b', 1] },
          diff: { $subtract: ['$a', '$b'] },
          ratio: { $divide: ['$a', '$b'] },
          size: { $size: '$list' },
          second: { $arrayElemAt: ['$list', 1] },
          none: { $ifNull: ['$x', 'none'] },
          text: { $concat: ['<', 'v', '>'] },
          has: { $in: [7, '$list'] },
          lit: { $literal: '$a' },
        },
      },
    ],
    gives: [
      { sum: 10, diff: 3, ratio: 2, size: 2, second: 8, none: 'none', text: '<v>', has: true, lit: '$a' },
    ],
  },
  {
    name: '$project exclusion',
    docs: [{ a: 1, b: 2 }],
    pipeline: [{ $project: { a: 0 } }],
    gives: [{ _id: 1, b: 2 }],
  },
  {
    name: '$unset',
    docs: [{ a: 1, b: { c: 1, d: 2 } }],
    pipeline: [{ $unset: ['a', 'b.c'] }],
    gives: [{ _id: 1, b: { d: 2 } }],
  },
  {
    name: 'difference of dates',
    docs: [{ from: t(1000), to: t(4500) }],
    pipeline: [{ $project: { _id: 0, ms: { $subtract: ['$to', '$from'] } } }],
    gives: [{ ms: 3500 }],
  },
  { name: 'an unknown stage', docs: [], pipeline: [{ $nothing: {} }], code: 40324 },
  { name: 'two fields in a stage', docs: [], pipeline: [{ $match: {}, $limit: 1 }], code: 40323 },
  {
    name: 'division by zero',
    docs: [{ a: 1 }],
    pipeline: [{ $project: { x: { $divide: ['$a', 0] } } }],
    code: 2,
  },
];

export const conformanceErrors: { name: string; command: Doc; codes: number[] }[] = [
  { name: 'an unknown command', command: { doSomething: 1 }, codes: [59] },
  { name: 'an unknown field of a command', command: { find: 'errors', colour: 'red' }, codes: [40415] },
  {
    name: 'an unknown field of a statement',
    command: { update: 'errors', updates: [{ q: {}, u: { $set: { a: 1 } }, colour: 'red' }] },
    codes: [40415],
  },
  { name: 'an unknown query operator', command: { find: 'errors', filter: { a: { $near: 1 } } }, codes: [2] },
  { name: 'an unknown top level operator', command: { find: 'errors', filter: { $all: [1] } }, codes: [2] },
  { name: 'an empty $or', command: { find: 'errors', filter: { $or: [] } }, codes: [2] },
  { name: '$in without an array', command: { find: 'errors', filter: { a: { $in: 5 } } }, codes: [2] },
  { name: 'a wrong regex', command: { find: 'errors', filter: { a: { $regex: '(' } } }, codes: [51091] },
  { name: 'a wrong sort', command: { find: 'errors', sort: { a: 2 } }, codes: [2, 15975] },
  { name: 'a negative skip', command: { find: 'errors', skip: -1 }, codes: [2, 51024] },
  { name: 'an empty batch', command: { insert: 'errors', documents: [] }, codes: [16] },
  { name: 'an _id that is an array', command: { insert: 'errors', documents: [{ _id: [1] }] }, codes: [53] },
  {
    name: 'a document nested too deeply',
    command: { insert: 'errors', documents: [nest(150)] },
    codes: [15, 2, 22],
  },
  {
    name: 'a multi update with a replacement',
    command: { update: 'errors', updates: [{ q: {}, u: { a: 1 }, multi: true }] },
    codes: [9],
  },
  {
    name: 'an unknown cursor',
    command: { getMore: Long.fromNumber(12345), collection: 'errors' },
    codes: [43],
  },
  { name: 'a hint to no index', command: { find: 'errors', filter: { a: 1 }, hint: 'nothing' }, codes: [2] },
  {
    name: 'two arrays in one compound index',
    command: { insert: 'parallel', documents: [{ _id: 5, a: [1], b: [2] }] },
    codes: [171],
  },
  {
    name: 'a name that collections cannot have',
    command: { insert: 'a$b', documents: [{ a: 1 }] },
    codes: [73],
  },
  {
    name: 'remove and update together',
    command: { findAndModify: 'errors', query: {}, remove: true, update: { $set: { a: 1 } } },
    codes: [9],
  },
];

function nest(depth: number): Doc {
  let doc: Doc = {};
  for (let i = 0; i < depth; i++) doc = { n: doc };
  return { _id: 77, ...doc };
}

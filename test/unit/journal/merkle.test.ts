import { describe, expect, it } from 'vitest';
import { sha256Bytes } from '#adapters/digest/sha256.ts';
import { createGrowingTree, leafHash, rootOf } from '#core/journal/merkle.ts';
import { consistencyProof, inclusionProof, provesConsistency, provesInclusion } from '#core/journal/merkle-proof.ts';
import { fromHex, toHex } from '#core/kernel/hex.ts';

// The test vectors of Certificate Transparency's own implementations (google/certificate-transparency, merkle_tree_test).
const DATA = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = DATA.map((hex) => leafHash(sha256Bytes, fromHex(hex)));

describe('the Merkle tree of RFC 6962', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))('has the published root for %i leaves', (size, root) => {
    const tree = createGrowingTree(sha256Bytes);
    for (const hex of DATA.slice(0, size)) tree.push(fromHex(hex));
    expect(toHex(tree.root())).toBe(root);
    expect(tree.size()).toBe(size);
    expect(toHex(rootOf(sha256Bytes, leaves.slice(0, size)))).toBe(root);
  });

  it('gives the published paths', () => {
    expect(inclusionProof(sha256Bytes, leaves, 5).map(toHex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(consistencyProof(sha256Bytes, leaves, 6).map(toHex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

const MOST = 34;
const many = Array.from({ length: MOST }, (_, n) => leafHash(sha256Bytes, new Uint8Array([n])));
const tree = (size: number) => ({ size, root: rootOf(sha256Bytes, many, 0, size) });
const spoiled = (bytes: Uint8Array): Uint8Array => bytes.map((byte, index) => (index === 7 ? byte ^ 1 : byte));

describe(`proofs over every tree of up to ${MOST} leaves`, () => {
  it('show each leaf in it, and no other leaf, place, size, root or path', () => {
    let refused = 0;
    for (let size = 1; size <= MOST; size++) {
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(sha256Bytes, many.slice(0, size), index);
        const leaf = many[index] ?? new Uint8Array();
        const proves = (l = leaf, i = index, t = tree(size), p = path): boolean =>
          provesInclusion(sha256Bytes, l, i, t, p);
        expect(proves()).toBe(true);
        const wrong = [
          proves(spoiled(leaf)),
          proves(leaf, index + 1),
          proves(leaf, -1),
          proves(leaf, index, { size, root: spoiled(tree(size).root) }),
          proves(leaf, index, tree(size), [...path, leaf]),
          ...path.map((node, at) => proves(leaf, index, tree(size), path.with(at, spoiled(node)))),
          ...(path.length > 0 ? [proves(leaf, index, tree(size), path.slice(1))] : []),
        ];
        expect(wrong.every((answer) => !answer)).toBe(true);
        refused += wrong.length;
      }
    }
    expect(refused).toBeGreaterThan(4_000);
  });

  it('show each earlier tree as its beginning, and no other', () => {
    let refused = 0;
    for (let size = 1; size <= MOST; size++) {
      for (let old = 1; old <= size; old++) {
        const path = consistencyProof(sha256Bytes, many.slice(0, size), old);
        const proves = (o = tree(old), n = tree(size), p = path): boolean => provesConsistency(sha256Bytes, o, n, p);
        expect(proves()).toBe(true);
        const wrong = [
          proves({ size: old, root: spoiled(tree(old).root) }),
          proves(tree(old), { size, root: spoiled(tree(size).root) }),
          proves({ size: size + 1, root: tree(size).root }),
          proves({ size: 0, root: tree(0).root }),
          proves(tree(old), tree(size), [...path, tree(old).root]),
          ...path.map((node, at) => proves(tree(old), tree(size), path.with(at, spoiled(node)))),
        ];
        expect(wrong.every((answer) => !answer)).toBe(true);
        refused += wrong.length;
      }
    }
    expect(refused).toBeGreaterThan(4_000);
  });

  it('are refused for places that do not exist', () => {
    for (const index of [-1, 3, 0.5, Number.NaN])
      expect(() => inclusionProof(sha256Bytes, many.slice(0, 3), index)).toThrow(RangeError);
    for (const size of [0, 4, 1.5])
      expect(() => consistencyProof(sha256Bytes, many.slice(0, 3), size)).toThrow(RangeError);
  });
});

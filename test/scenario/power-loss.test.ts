import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { cutOff, promised, recordImages, startAfter, tornTail } from '../support/power-loss.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-power');
afterAll(() => folder.remove());

describe('a journal after a power cut', () => {
  it('is intact, begins as it was written, and holds every record that was acknowledged', () => {
    const { images, hashes } = recordImages(join(folder.path, 'source'), 240, 6, 3);
    expect(images).toHaveLength(6);
    const rng = createRng(5);
    for (let i = 0; i < 60; i++) {
      const image = images[i % images.length];
      if (image === undefined) continue;
      const loss = i % 3 === 0 ? tornTail(image, rng) : cutOff(image, rng);
      const owed = promised(image, loss.intact);
      const after = startAfter(join(folder.path, 'image'), image, loss, hashes, owed);
      expect(after, `case ${i}`).toMatchObject({ intact: true, prefix: true, why: '' });
      expect(after.records, `case ${i}`).toBeGreaterThanOrEqual(owed);
    }
  });
});

import type { Locator, Page } from '@playwright/test';

/** The pages of MCP servers: the form with its ladder, and the tabs of one that passed. */
export class ServerPage {
  readonly page: Page;
  readonly ladder: Locator;
  readonly chosen: Locator;

  constructor(page: Page) {
    this.page = page;
    this.ladder = page.getByRole('region', { name: 'Handshake' });
    this.chosen = page.getByRole('complementary', { name: 'The chosen tool' });
  }

  async add(base: string, o: { name: string; url: string; check?: string; key?: string }): Promise<void> {
    await this.page.goto(`${base}/servers/new`);
    await this.page.getByLabel('Name', { exact: true }).fill(o.name);
    await this.page.getByLabel('Server URL').fill(o.url);
    await this.page.getByRole('radio', { name: o.check ?? 'No check' }).check();
    if (o.key) await this.page.getByLabel('Key', { exact: true }).fill(o.key);
    await this.save();
  }

  /** Writes another address into the form that is open, and tests again. */
  async tryAddress(url: string): Promise<void> {
    await this.page.getByLabel('Server URL').fill(url);
    await this.save();
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: /^Save and test/ }).click();
  }

  async choose(tool: string): Promise<void> {
    await this.page
      .getByRole('region', { name: 'Tools' })
      .getByRole('button', { name: new RegExp(`^${tool}`) })
      .click();
    await this.chosen.getByRole('heading', { name: tool, exact: true }).waitFor();
  }

  async run(): Promise<void> {
    await this.chosen.getByRole('button', { name: 'Run' }).click();
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }
}

'use client';
import { Download } from 'lucide-react';
import { Button } from '#src/components/ui/button.tsx';
import { Menu, MenuItem } from '#src/components/ui/menu.tsx';
import { exportFormatSchema, exportFormats } from '#src/lib/calls/export/export-format.ts';

/** The call as a file, in each form that there is. */
export function ExportMenu({ callId }: { callId: string }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button kind="ghost" aria-label="Export this call" title="Export this call" className="phone:hidden">
          <Download size={15} aria-hidden="true" />
        </Button>
      }
    >
      {exportFormatSchema.options.map((format) => (
        <MenuItem
          key={format}
          onSelect={() => location.assign(`/api/v1/calls/${encodeURIComponent(callId)}/export?format=${format}`)}
        >
          {exportFormats[format].label}
        </MenuItem>
      ))}
    </Menu>
  );
}

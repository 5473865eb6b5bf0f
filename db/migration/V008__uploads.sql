-- Pictures that a tenant has uploaded and may use in creates: files of no task, until they expire.

alter table asset add constraint only_uploads_have_no_task
  check (task_id is not null or kind = 'input');
create index asset_uploaded on asset (tenant_id) where task_id is null and removed_at is null;
comment on index asset_uploaded is 'How much a tenant keeps is counted before each upload.';

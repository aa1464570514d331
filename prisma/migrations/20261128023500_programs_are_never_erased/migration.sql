-- The programs that the registry published stay, as keys and orders do: an old copy must be recognised for ever.
CREATE OR REPLACE FUNCTION erasure_needs_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  told jsonb;
  target public.records%ROWTYPE;
BEGIN
  SELECT e.text::jsonb INTO told
    FROM public.records r
    JOIN public.entries e ON e."recordId" = r.id
    JOIN public.log_leaves l ON l.commitment = r.commitment
   WHERE r.id = NEW."erasureRecordId" AND r.type = 'erasure'
     AND r.commitment = sha256(e.salt || convert_to(e.text, 'UTF8'));
  SELECT * INTO target FROM public.records WHERE id = NEW."recordId";
  IF told IS NULL OR target.id IS NULL
     OR told #>> '{record,id}' IS DISTINCT FROM NEW."erasureRecordId"::text
     OR told #>> '{record,type}' IS DISTINCT FROM 'erasure'
     OR told #>> '{record,data,recordId}' IS DISTINCT FROM NEW."recordId"::text
     OR told #>> '{record,data,commitment}' IS DISTINCT FROM encode(target.commitment, 'hex')
     OR jsonb_array_length(told -> 'signatures') = 0 THEN
    RAISE EXCEPTION 'the record % cannot be erased: % is not a signed erasure record for it in the log',
      NEW."recordId", NEW."erasureRecordId" USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF target.type IN ('erasure', 'signing-key', 'program-published') THEN
    RAISE EXCEPTION 'a record of type % is never erased', target.type USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- CreateIndex
CREATE INDEX "records_type_personId_idx" ON "records"("type", "personId");

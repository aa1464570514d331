-- CreateTable
CREATE TABLE "stage_states" (
    "key" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "round" INTEGER NOT NULL,
    "blockNumber" INTEGER NOT NULL,
    "blockHash" TEXT NOT NULL,
    "header" BYTEA NOT NULL,
    "account" BYTEA[],
    "storage" BYTEA[],
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "stage_states_pkey" PRIMARY KEY ("key","stage","round")
);

-- CreateIndex
CREATE INDEX "stage_states_blockNumber_idx" ON "stage_states"("blockNumber");

-- AddForeignKey
ALTER TABLE "stage_states" ADD CONSTRAINT "stage_states_key_stage_round_fkey" FOREIGN KEY ("key", "stage", "round") REFERENCES "stage_closures"("key", "stage", "round") ON DELETE CASCADE ON UPDATE CASCADE;

-- Taken again when a reorganisation drops its block, and confirmed once that is final.
GRANT INSERT, UPDATE, DELETE ON stage_states TO tenderproof_app;

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

contract ProcurementLedgerTest is TestBase {
    bytes32 internal immutable ROOT = sha256("root");

    /// @dev A tender with anchors just before (index 0, size 4) and just after (1, size 9) the due time.
    function openUntilDue() private {
        openTender();
        vm.warp(DUE - 1);
        anchor(0, 4);
        vm.warp(DUE);
        vm.roll(101);
        anchor(4, 9);
    }

    function closeEmptyUntil(uint8 stage) private {
        openUntilDue();
        for (uint8 next = 0; next < stage; next++) {
            if (next == 3) vm.roll(102);
            if (next == 5) announceAndWait();
            closeEmpty(next, 1);
        }
    }

    function announceAndWait() private {
        uint64 ends = uint64(block.timestamp) + STANDSTILL;
        vm.prank(REGISTRAR);
        ledger.announceAward(PROCESS, NOTICE, ends);
        vm.warp(ends);
    }

    function expectRefusal(bytes memory data) private {
        vm.expectRevert(data);
    }

    // ---- the whole way -------------------------------------------------------------------------------------------

    function test_a_tender_closes_all_its_stages() public {
        closeEmptyUntil(8);
        for (uint8 stage = 0; stage < 8; stage++) {
            LedgerTypes.StageRecord memory record = ledger.stageOf(PROCESS, stage);
            vm.assertEq(record.rootHash, EMPTY);
            vm.assertEq(record.anchorIndex, 1);
            vm.assertTrue(record.time > 0);
        }
        vm.prank(REGISTRAR);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownStage.selector, 8));
        ledger.closeStage(PROCESS, 8, EMPTY, 0, 1);
    }

    function test_a_closed_stage_reads_as_it_was_closed() public {
        closeEmptyUntil(2);
        close(2, ROOT, 9, 1);
        LedgerTypes.StageRecord memory bids = ledger.stageAt(PROCESS, 2, 0);
        vm.assertEq(bids.rootHash, ROOT);
        vm.assertEq(bids.count, 9);
        vm.assertEq(bids.anchorIndex, 1);
        vm.assertEq(bids.time, DUE);
        vm.assertEq(bids.blockNumber, 101);
        vm.assertEq(ledger.roundOf(PROCESS, 2), 0);
        vm.assertEq(ledger.stageAt(PROCESS, 2, 1).time, 0);
        vm.assertEq(ledger.stageOf(PROCESS, 3).time, 0);
    }

    function test_planning_may_close_before_bids_are_due() public {
        openTender();
        anchor(0, 4);
        close(0, ROOT, 4, 0);
        vm.assertEq(ledger.stageOf(PROCESS, 0).count, 4);
    }

    // ---- openTender, extendBidsDue, commitBid ---------------------------------------------------------------------

    function test_open_tender_is_readable() public {
        openTender();
        LedgerTypes.Tender memory tender = ledger.tenderOf(PROCESS);
        vm.assertEq(tender.notice, NOTICE);
        vm.assertEq(tender.bidsDue, DUE);
        vm.assertEq(tender.standstill, STANDSTILL);
        vm.assertEq(tender.committees, 1);
        vm.assertEq(tender.dueTimes, 1);
        vm.assertEq(tender.time, START);
        vm.assertEq(tender.blockNumber, 100);
        vm.assertEq(ledger.committeeAt(PROCESS, 0).keyset, KEYSET);
        vm.assertEq(ledger.bidsDueAt(PROCESS, 0).bidsDue, DUE);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownVersion.selector, 1, 1));
        ledger.committeeAt(PROCESS, 1);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownVersion.selector, 0, 0));
        ledger.bidsDueAt(ROOT, 0);
    }

    function test_open_tender_refusals() public {
        openTender();
        vm.startPrank(REGISTRAR);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.TenderAlreadyOpen.selector, PROCESS));
        ledger.openTender(PROCESS, NOTICE, DUE, STANDSTILL, KEYSET);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.DueTimeNotInFuture.selector, START, START));
        ledger.openTender(ROOT, NOTICE, START, STANDSTILL, KEYSET);
        vm.expectRevert(LedgerTypes.ZeroHash.selector);
        ledger.openTender(0, NOTICE, DUE, STANDSTILL, KEYSET);
        vm.expectRevert(LedgerTypes.ZeroHash.selector);
        ledger.openTender(ROOT, 0, DUE, STANDSTILL, KEYSET);
        vm.expectRevert(LedgerTypes.ZeroHash.selector);
        ledger.openTender(ROOT, NOTICE, DUE, STANDSTILL, 0);
        vm.assertEq(ledger.tenderOf(ROOT).time, 0);
    }

    function test_due_time_only_moves_later_and_only_before_it_has_passed() public {
        openTender();
        vm.startPrank(REGISTRAR);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.DueTimeNotLater.selector, DUE, DUE));
        ledger.extendBidsDue(PROCESS, DUE, ROOT);
        ledger.extendBidsDue(PROCESS, DUE + 60, ROOT);
        vm.assertEq(ledger.tenderOf(PROCESS).bidsDue, DUE + 60);
        vm.assertEq(ledger.tenderOf(PROCESS).dueTimes, 2);
        vm.assertEq(ledger.bidsDueAt(PROCESS, 1).amendment, ROOT);
        vm.warp(DUE + 60);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.BidsAlreadyDue.selector, DUE + 60, DUE + 60));
        ledger.extendBidsDue(PROCESS, DUE + 120, ROOT);
    }

    function test_anybody_commits_a_bid_until_the_last_second() public {
        openTender();
        vm.warp(DUE - 1);
        vm.prank(address(0xB1));
        ledger.commitBid(PROCESS, ROOT);
        vm.assertEq(ledger.bidCommittedAt(PROCESS, ROOT), DUE - 1);
        vm.warp(DUE);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.BidsAlreadyDue.selector, DUE, DUE));
        ledger.commitBid(PROCESS, NOTICE);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownTender.selector, ROOT));
        ledger.commitBid(ROOT, NOTICE);
    }

    function test_committing_a_bid_twice_keeps_the_first_time() public {
        openTender();
        ledger.commitBid(PROCESS, ROOT);
        vm.warp(START + 5);
        vm.prank(address(0xB2));
        ledger.commitBid(PROCESS, ROOT);
        vm.assertEq(ledger.bidCommittedAt(PROCESS, ROOT), START);
    }

    // ---- closeStage ------------------------------------------------------------------------------------------------

    function testFuzz_stages_close_in_order_only(uint8 closed, uint8 wanted) public {
        closed = closed % 8;
        closeEmptyUntil(closed);
        vm.assume(wanted != closed);
        vm.prank(REGISTRAR);
        if (wanted > 7) {
            expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownStage.selector, wanted));
        } else if (wanted < closed) {
            expectRefusal(abi.encodeWithSelector(LedgerTypes.StageAlreadyClosed.selector, PROCESS, wanted));
        } else {
            expectRefusal(abi.encodeWithSelector(LedgerTypes.StageOutOfOrder.selector, closed, wanted));
        }
        ledger.closeStage(PROCESS, wanted, EMPTY, 0, 1);
    }

    function test_tender_and_bids_wait_for_the_due_time() public {
        openTender();
        anchor(0, 4);
        closeEmpty(0, 0);
        vm.warp(DUE - 1);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.BidsNotDue.selector, DUE, DUE - 1));
        closeEmpty(1, 0);
        vm.warp(DUE);
        closeEmpty(1, 0);
    }

    function test_bids_close_at_the_first_anchor_after_the_due_time() public {
        closeEmptyUntil(2);
        vm.warp(DUE + 60);
        anchor(9, 12);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.NotFirstAnchorAfterDue.selector, 0, DUE));
        closeEmpty(2, 0);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.NotFirstAnchorAfterDue.selector, 2, DUE));
        closeEmpty(2, 2);
        closeEmpty(2, 1);
    }

    function test_bids_may_close_at_the_very_first_anchor() public {
        openTender();
        vm.warp(DUE + 5);
        anchor(0, 4);
        closeEmpty(0, 0);
        closeEmpty(1, 0);
        close(2, ROOT, 4, 0);
        vm.assertEq(ledger.stageOf(PROCESS, 2).count, 4);
    }

    function test_of_two_anchors_in_one_block_bids_take_the_first() public {
        openTender();
        vm.warp(DUE);
        anchor(0, 4);
        anchor(4, 5);
        closeEmpty(0, 1);
        closeEmpty(1, 1);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.NotFirstAnchorAfterDue.selector, 1, DUE));
        closeEmpty(2, 1);
        closeEmpty(2, 0);
    }

    function test_opening_waits_for_a_later_block() public {
        closeEmptyUntil(3);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.OpeningInBlockOfBids.selector, 101));
        closeEmpty(3, 1);
        vm.roll(102);
        closeEmpty(3, 1);
    }

    function test_award_needs_announcement_and_standstill() public {
        closeEmptyUntil(5);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.AwardNotAnnounced.selector, PROCESS, 0));
        closeEmpty(5, 1);
        uint64 ends = DUE + STANDSTILL;
        vm.prank(REGISTRAR);
        ledger.announceAward(PROCESS, NOTICE, ends);
        vm.warp(ends - 1);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.StandstillNotOver.selector, ends, ends - 1));
        closeEmpty(5, 1);
        vm.warp(ends);
        closeEmpty(5, 1);
    }

    function test_leaves_lie_below_an_anchor_that_exists() public {
        openTender();
        anchor(0, 4);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownAnchor.selector, 1, 1));
        closeEmpty(0, 1);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.CountAboveAnchor.selector, 5, 4));
        close(0, ROOT, 5, 0);
    }

    function test_only_the_empty_stage_has_the_empty_root() public {
        openTender();
        anchor(0, 4);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.EmptyRootMismatch.selector, 0, ROOT));
        close(0, ROOT, 0, 0);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.EmptyRootMismatch.selector, 1, EMPTY));
        close(0, EMPTY, 1, 0);
        vm.expectRevert(LedgerTypes.ZeroHash.selector);
        close(0, 0, 1, 0);
    }

    function test_nothing_closes_without_a_tender() public {
        anchor(0, 4);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownTender.selector, PROCESS));
        closeEmpty(0, 0);
    }

    // ---- announceAward ----------------------------------------------------------------------------------------------

    function test_award_is_announced_after_evaluation_and_once() public {
        closeEmptyUntil(4);
        vm.startPrank(REGISTRAR);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.EvaluationNotClosed.selector, PROCESS));
        ledger.announceAward(PROCESS, NOTICE, DUE + STANDSTILL);
        ledger.closeStage(PROCESS, 4, EMPTY, 0, 1);
        uint64 earliest = DUE + STANDSTILL;
        expectRefusal(abi.encodeWithSelector(LedgerTypes.StandstillTooShort.selector, earliest, earliest - 1));
        ledger.announceAward(PROCESS, NOTICE, earliest - 1);
        ledger.announceAward(PROCESS, NOTICE, earliest);
        LedgerTypes.Award memory award = ledger.awardOf(PROCESS);
        vm.assertEq(award.commitment, NOTICE);
        vm.assertEq(award.standstillEnds, earliest);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.AwardAlreadyAnnounced.selector, PROCESS, 0));
        ledger.announceAward(PROCESS, ROOT, earliest);
        vm.warp(earliest);
        ledger.closeStage(PROCESS, 5, EMPTY, 0, 1);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.StageAlreadyClosed.selector, PROCESS, 5));
        ledger.announceAward(PROCESS, ROOT, earliest + STANDSTILL);
    }

    // ---- cancel -----------------------------------------------------------------------------------------------------

    function testFuzz_cancel_freezes_the_current_stage_for_good(uint8 stage) public {
        stage = stage % 8;
        closeEmptyUntil(stage);
        vm.startPrank(REGISTRAR);
        if (stage < 7) {
            expectRefusal(abi.encodeWithSelector(LedgerTypes.StageOutOfOrder.selector, stage, stage + 1));
            ledger.cancel(PROCESS, stage + 1, ROOT, 3, NOTICE);
        }
        ledger.cancel(PROCESS, stage, ROOT, 3, NOTICE);
        vm.assertEq(ledger.stageOf(PROCESS, stage).rootHash, ROOT);
        vm.assertEq(ledger.stageOf(PROCESS, stage).anchorIndex, 1);
        LedgerTypes.Cancellation memory end = ledger.cancellationOf(PROCESS);
        vm.assertEq(end.stage, stage);
        vm.assertEq(end.commitment, NOTICE);
        bytes memory cancelled = abi.encodeWithSelector(LedgerTypes.AlreadyCancelled.selector, PROCESS);
        for (uint8 next = 0; next < 8; next++) {
            expectRefusal(cancelled);
            ledger.closeStage(PROCESS, next, EMPTY, 0, 1);
        }
        expectRefusal(cancelled);
        ledger.cancel(PROCESS, stage, ROOT, 3, NOTICE);
        expectRefusal(cancelled);
        ledger.announceAward(PROCESS, NOTICE, type(uint64).max);
        expectRefusal(cancelled);
        ledger.extendBidsDue(PROCESS, type(uint64).max, NOTICE);
        expectRefusal(cancelled);
        ledger.commitBid(PROCESS, NOTICE);
    }

    function test_cancel_before_bids_are_due() public {
        openTender();
        vm.startPrank(REGISTRAR);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.UnknownAnchor.selector, 0, 0));
        ledger.cancel(PROCESS, 0, EMPTY, 0, NOTICE);
        vm.stopPrank();
        anchor(0, 4);
        vm.startPrank(REGISTRAR);
        expectRefusal(abi.encodeWithSelector(LedgerTypes.CountAboveAnchor.selector, 5, 4));
        ledger.cancel(PROCESS, 0, ROOT, 5, NOTICE);
        ledger.cancel(PROCESS, 0, EMPTY, 0, NOTICE);
        vm.assertEq(ledger.cancellationOf(PROCESS).time, START);
    }

    // ---- roles ------------------------------------------------------------------------------------------------------

    function test_only_the_registrar_runs_tenders() public {
        address[4] memory others = [ADMIN, ANCHORER, REVIEWER, address(0xBAD)];
        bytes32 role = ledger.REGISTRAR();
        for (uint256 i = 0; i < others.length; i++) {
            bytes memory refusal =
                abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, others[i], role);
            vm.startPrank(others[i]);
            expectRefusal(refusal);
            ledger.openTender(PROCESS, NOTICE, DUE, STANDSTILL, KEYSET);
            expectRefusal(refusal);
            ledger.extendBidsDue(PROCESS, DUE, NOTICE);
            expectRefusal(refusal);
            ledger.closeStage(PROCESS, 0, EMPTY, 0, 0);
            expectRefusal(refusal);
            ledger.announceAward(PROCESS, NOTICE, DUE);
            expectRefusal(refusal);
            ledger.cancel(PROCESS, 0, EMPTY, 0, NOTICE);
            vm.stopPrank();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

contract HoldsTest is TestBase {
    bytes32 internal immutable REASON = sha256("reason");

    function hold(address who, bytes32 key) private {
        vm.prank(who);
        ledger.hold(key, REASON);
    }

    function release(address who, bytes32 key) private {
        vm.prank(who);
        ledger.release(key, REASON);
    }

    function extendBidsDue(uint64 newDue) private {
        vm.prank(REGISTRAR);
        ledger.extendBidsDue(PROCESS, newDue, NOTICE);
    }

    function refuse(bytes4 selector) private {
        vm.expectPartialRevert(selector);
    }

    // ---- the due time ------------------------------------------------------------------------------------------------

    function testFuzz_a_running_due_time_moves_by_the_time_held(uint32 before, uint32 held) public {
        openTender();
        vm.warp(START + (before % 1 days));
        hold(REVIEWER, PROCESS);
        vm.warp(block.timestamp + held);
        release(REVIEWER, PROCESS);
        vm.assertEq(ledger.tenderOf(PROCESS).bidsDue, DUE + held);
        vm.assertEq(ledger.tenderOf(PROCESS).dueTimes, held == 0 ? 1 : 2);
        if (held != 0) vm.assertEq(ledger.bidsDueAt(PROCESS, 1).amendment, REASON);
        LedgerTypes.Hold memory last = ledger.holdAt(PROCESS, 0);
        vm.assertEq(last.releasedAt - last.since, held);
        vm.assertTrue(last.byReviewer);
    }

    function test_a_due_time_that_has_passed_does_not_move() public {
        openTender();
        vm.warp(DUE);
        hold(REVIEWER, PROCESS);
        vm.warp(DUE + 9 days);
        release(REVIEWER, PROCESS);
        vm.assertEq(ledger.tenderOf(PROCESS).bidsDue, DUE);
    }

    /// @dev Else the registrar undoes a suspension of ten days by moving the due time a second, just before its end.
    function test_an_extension_during_a_hold_does_not_shorten_it() public {
        openTender();
        hold(REVIEWER, PROCESS);
        vm.warp(START + 10 days - 1);
        extendBidsDue(START + 10 days);
        vm.warp(START + 10 days);
        release(REVIEWER, PROCESS);
        vm.assertEq(ledger.tenderOf(PROCESS).bidsDue, START + 20 days);
    }

    /// @dev The anchor sent before the due time was mined after it, and lacks the last bids: of size 4, where 6 were filed.
    function test_the_way_out_when_the_last_bids_missed_the_first_anchor() public {
        openTender();
        vm.warp(DUE + 5);
        anchor(0, 4);
        vm.warp(DUE + 65);
        anchor(4, 6);
        closeEmpty(0, 1);
        closeEmpty(1, 1);
        refuse(LedgerTypes.CountAboveAnchor.selector);
        close(2, NOTICE, 6, 0);
        refuse(LedgerTypes.NotFirstAnchorAfterDue.selector);
        close(2, NOTICE, 6, 1);
        refuse(LedgerTypes.BidsAlreadyDue.selector);
        extendBidsDue(DUE + 1 days);
        hold(REVIEWER, PROCESS);
        refuse(LedgerTypes.DueTimeNotInFuture.selector);
        extendBidsDue(DUE + 65);
        extendBidsDue(DUE + 1 days);
        vm.warp(DUE + 1 hours);
        release(REVIEWER, PROCESS);
        uint64 due = DUE + 1 days + 1 hours - 65;
        vm.assertEq(ledger.tenderOf(PROCESS).bidsDue, due);
        refuse(LedgerTypes.BidsNotDue.selector);
        close(2, NOTICE, 6, 1);
        vm.warp(due);
        anchor(6, 9);
        close(2, NOTICE, 6, 2);
        vm.assertEq(ledger.stageOf(PROCESS, 2).count, 6);
    }

    function test_the_registrar_alone_cannot_let_in_a_late_bid() public {
        openTender();
        vm.warp(DUE);
        hold(REGISTRAR, PROCESS);
        refuse(LedgerTypes.BidsAlreadyDue.selector);
        extendBidsDue(DUE + 1 days);
        release(REGISTRAR, PROCESS);
        refuse(LedgerTypes.BidsAlreadyDue.selector);
        extendBidsDue(DUE + 1 days);
    }

    function test_bids_once_closed_are_not_extended() public {
        closeUntil(PROCESS, 3);
        hold(REVIEWER, PROCESS);
        refuse(LedgerTypes.StageAlreadyClosed.selector);
        extendBidsDue(DUE + 1 days);
    }

    function test_bids_are_committed_while_a_hold_keeps_them_from_being_due() public {
        openTender();
        hold(REGISTRAR, PROCESS);
        vm.warp(DUE + 1);
        ledger.commitBid(PROCESS, NOTICE);
        vm.assertEq(ledger.bidCommittedAt(PROCESS, NOTICE), DUE + 1);
        release(REGISTRAR, PROCESS);
        ledger.commitBid(PROCESS, KEYSET);
    }

    // ---- who holds and who releases ------------------------------------------------------------------------------------

    function test_the_review_body_takes_over_and_alone_releases() public {
        openTender();
        refuse(LedgerTypes.NotOnHold.selector);
        release(REGISTRAR, PROCESS);
        hold(REGISTRAR, PROCESS);
        refuse(LedgerTypes.OnHold.selector);
        hold(REGISTRAR, PROCESS);
        vm.warp(START + 100);
        hold(REVIEWER, PROCESS);
        refuse(LedgerTypes.OnHold.selector);
        hold(REVIEWER, PROCESS);
        refuse(LedgerTypes.OnHold.selector);
        hold(REGISTRAR, PROCESS);
        vm.warp(START + 300);
        refuse(LedgerTypes.ReviewersHold.selector);
        release(REGISTRAR, PROCESS);
        release(REVIEWER, PROCESS);
        vm.assertEq(ledger.tenderOf(PROCESS).bidsDue, DUE + 300);
        vm.assertEq(ledger.holdCount(PROCESS), 2);
        vm.assertEq(ledger.holdAt(PROCESS, 0).releasedAt, START + 100);
        vm.assertFalse(ledger.holdAt(PROCESS, 0).byReviewer);
        vm.assertEq(ledger.holdAt(PROCESS, 1).since, START + 100);
        refuse(LedgerTypes.UnknownVersion.selector);
        ledger.holdAt(PROCESS, 2);
    }

    function test_the_review_body_releases_the_registrars_hold() public {
        openTender();
        hold(REGISTRAR, PROCESS);
        release(REVIEWER, PROCESS);
        vm.assertTrue(ledger.holdAt(PROCESS, 0).releasedAt == START);
    }

    function test_a_hold_gives_a_reason_and_a_key_that_exists() public {
        openTender();
        vm.startPrank(REVIEWER);
        refuse(LedgerTypes.ZeroHash.selector);
        ledger.hold(PROCESS, 0);
        refuse(LedgerTypes.UnknownTender.selector);
        ledger.hold(NOTICE, REASON);
        ledger.hold(PROCESS, REASON);
        refuse(LedgerTypes.ZeroHash.selector);
        ledger.release(PROCESS, 0);
    }

    function test_nothing_moves_while_on_hold() public {
        closeUntil(PROCESS, 5);
        hold(REGISTRAR, PROCESS);
        vm.startPrank(REGISTRAR);
        refuse(LedgerTypes.OnHold.selector);
        ledger.announceAward(PROCESS, NOTICE, type(uint64).max);
        refuse(LedgerTypes.OnHold.selector);
        ledger.closeStage(PROCESS, 5, EMPTY, 0, 1);
        refuse(LedgerTypes.OnHold.selector);
        ledger.cancel(PROCESS, 5, EMPTY, 0, NOTICE);
        refuse(LedgerTypes.OnHold.selector);
        ledger.openUnit(PROCESS, NOTICE, 0);
        refuse(LedgerTypes.OnHold.selector);
        ledger.changeCommittee(PROCESS, NOTICE);
        refuse(LedgerTypes.OnHold.selector);
        ledger.reopen(PROCESS, 5, NOTICE);
    }

    // ---- standstills ---------------------------------------------------------------------------------------------------

    function testFuzz_a_standstill_moves_by_the_time_held(uint32 before, uint32 held) public {
        closeUntil(PROCESS, 5);
        uint64 ends = announce(PROCESS);
        vm.warp(block.timestamp + before);
        bool pending = block.timestamp < ends;
        hold(REGISTRAR, PROCESS);
        vm.warp(block.timestamp + held);
        release(REGISTRAR, PROCESS);
        vm.assertEq(ledger.awardOf(PROCESS).standstillEnds, pending ? ends + held : ends);
    }

    /// @dev A second is never counted twice, however a unit's hold and its process's lie: the standstill stands still while
    /// at least one of them lasts.
    function testFuzz_holds_of_a_unit_and_its_process_overlap(uint8[8] memory steps, uint8 pattern) public {
        (bytes32 first,) = openUnits();
        closeUntil(PROCESS, 3);
        closeFrom(first, 3, 5);
        uint64 ends = announce(first);
        bool own;
        bool whole;
        uint64 held;
        for (uint256 i = 0; i < 8; i++) {
            bool ofUnit = pattern >> i & 1 == 1;
            bytes32 key = ofUnit ? first : PROCESS;
            if (ofUnit ? own : whole) release(REVIEWER, key);
            else hold(REVIEWER, key);
            if (ofUnit) own = !own;
            else whole = !whole;
            if (own || whole) held += steps[i];
            vm.warp(block.timestamp + steps[i]);
        }
        if (own) release(REVIEWER, first);
        if (whole) release(REVIEWER, PROCESS);
        vm.assertEq(ledger.awardOf(first).standstillEnds, ends + held);
    }

    function test_a_hold_on_a_process_stops_its_units() public {
        (bytes32 first, bytes32 second) = openUnits();
        closeUntil(PROCESS, 3);
        closeFrom(first, 3, 4);
        hold(REVIEWER, PROCESS);
        refuse(LedgerTypes.OnHold.selector);
        closeKey(first, 4);
        release(REVIEWER, PROCESS);
        hold(REVIEWER, second);
        closeKey(first, 4);
        refuse(LedgerTypes.OnHold.selector);
        closeKey(second, 3);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Units, rounds, committees, cancellation of units, retirement.
contract UnitsTest is TestBase {
    function refuse(bytes4 selector) private {
        vm.expectPartialRevert(selector);
    }

    function openUnit(bytes32 process, bytes32 unit, bytes32 afterUnit) private {
        vm.prank(REGISTRAR);
        ledger.openUnit(process, unit, afterUnit);
    }

    function reopen(address who, bytes32 key, uint8 stage) private {
        vm.prank(who);
        ledger.reopen(key, stage, NOTICE);
    }

    function cancel(bytes32 key, uint8 stage) private {
        vm.prank(REGISTRAR);
        ledger.cancel(key, stage, NOTICE, 3, NOTICE);
    }

    // ---- units -----------------------------------------------------------------------------------------------------------

    function test_units_are_listed_in_order() public {
        (bytes32 first, bytes32 second) = openUnits();
        vm.assertEq(ledger.processCount(), 1);
        vm.assertEq(ledger.processAt(0), PROCESS);
        vm.assertEq(ledger.unitCount(PROCESS), 2);
        vm.assertEq(ledger.unitAt(PROCESS, 0), first);
        vm.assertEq(ledger.unitAt(PROCESS, 1), second);
        vm.assertEq(ledger.unitOf(second).after_, first);
        refuse(LedgerTypes.UnknownVersion.selector);
        ledger.unitAt(PROCESS, 2);
        refuse(LedgerTypes.UnknownVersion.selector);
        ledger.processAt(1);
    }

    function test_open_unit_refusals() public {
        (bytes32 first,) = openUnits();
        refuse(LedgerTypes.UnitAlreadyOpen.selector);
        openUnit(PROCESS, first, 0);
        refuse(LedgerTypes.UnitAlreadyOpen.selector);
        openUnit(PROCESS, PROCESS, 0);
        refuse(LedgerTypes.ZeroHash.selector);
        openUnit(PROCESS, 0, 0);
        refuse(LedgerTypes.UnknownTender.selector);
        openUnit(NOTICE, KEYSET, 0);
        refuse(LedgerTypes.UnknownTender.selector);
        openUnit(first, KEYSET, 0);
        refuse(LedgerTypes.UnitOfAnotherProcess.selector);
        openUnit(PROCESS, KEYSET, NOTICE);
        vm.prank(REGISTRAR);
        refuse(LedgerTypes.TenderAlreadyOpen.selector);
        ledger.openTender(first, NOTICE, DUE, STANDSTILL, KEYSET);
    }

    function test_no_unit_once_the_process_itself_has_opened() public {
        closeUntil(PROCESS, 4);
        refuse(LedgerTypes.OpeningAlreadyClosed.selector);
        openUnit(PROCESS, NOTICE, 0);
    }

    function test_units_are_bounded() public {
        openTender();
        uint256 most = ledger.MAX_UNITS();
        for (uint256 i = 1; i <= most; i++) openUnit(PROCESS, bytes32(i), 0);
        refuse(LedgerTypes.TooManyUnits.selector);
        openUnit(PROCESS, NOTICE, 0);
    }

    function test_a_unit_goes_its_own_way_from_the_opening_on() public {
        (bytes32 first, bytes32 second) = openUnits();
        refuse(LedgerTypes.StageOfProcess.selector);
        closeKey(first, 2);
        closeUntil(PROCESS, 2);
        refuse(LedgerTypes.BidsNotClosed.selector);
        closeKey(first, 3);
        closeKey(PROCESS, 2);
        refuse(LedgerTypes.OpeningInBlockOfBids.selector);
        closeKey(first, 3);
        vm.roll(block.number + 1);
        refuse(LedgerTypes.ProcessHasUnits.selector);
        closeKey(PROCESS, 3);
        closeKey(first, 3);
        refuse(LedgerTypes.UnitNotEvaluated.selector);
        closeKey(second, 3);
        closeKey(first, 4);
        closeFrom(second, 3, 5);
        announce(second);
        vm.assertEq(ledger.awardOf(first).time, 0);
        vm.assertEq(ledger.stageOf(second, 4).rootHash, EMPTY);
        vm.assertEq(ledger.stageOf(PROCESS, 3).time, 0);
    }

    function test_a_process_with_units_is_not_awarded() public {
        openUnits();
        closeUntil(PROCESS, 3);
        vm.prank(REGISTRAR);
        refuse(LedgerTypes.EvaluationNotClosed.selector);
        ledger.announceAward(PROCESS, NOTICE, type(uint64).max);
    }

    function test_a_unit_is_cancelled_alone_and_with_its_process() public {
        (bytes32 first, bytes32 second) = openUnits();
        closeUntil(PROCESS, 3);
        cancel(first, 3);
        vm.assertEq(ledger.cancellationOf(first).stage, 3);
        vm.assertEq(ledger.stageOf(first, 3).count, 3);
        refuse(LedgerTypes.AlreadyCancelled.selector);
        closeKey(first, 3);
        cancel(PROCESS, 3);
        refuse(LedgerTypes.AlreadyCancelled.selector);
        closeKey(second, 3);
        vm.prank(REVIEWER);
        refuse(LedgerTypes.AlreadyCancelled.selector);
        ledger.hold(second, NOTICE);
        refuse(LedgerTypes.AlreadyCancelled.selector);
        reopen(REVIEWER, second, 3);
    }

    // ---- rounds ----------------------------------------------------------------------------------------------------------

    function test_reopening_begins_a_round_of_the_stage_and_all_later_ones() public {
        closeUntil(PROCESS, 7);
        uint64 ends = ledger.awardOf(PROCESS).standstillEnds;
        reopen(REVIEWER, PROCESS, 4);
        vm.assertEq(ledger.roundOf(PROCESS, 3), 0);
        for (uint8 stage = 4; stage < 8; stage++) vm.assertEq(ledger.roundOf(PROCESS, stage), 1);
        vm.assertEq(ledger.stageOf(PROCESS, 4).time, 0);
        vm.assertTrue(ledger.stageAt(PROCESS, 4, 0).time > 0);
        vm.assertTrue(ledger.stageAt(PROCESS, 6, 0).time > 0);
        vm.assertEq(ledger.awardOf(PROCESS).time, 0);
        vm.assertEq(ledger.awardAt(PROCESS, 0).standstillEnds, ends);
        vm.assertEq(ledger.reopeningAt(PROCESS, 4, 1).commitment, NOTICE);
        vm.assertTrue(ledger.reopeningAt(PROCESS, 4, 1).byReviewer);
        refuse(LedgerTypes.StageOutOfOrder.selector);
        closeKey(PROCESS, 5);
        closeKey(PROCESS, 4);
        refuse(LedgerTypes.AwardNotAnnounced.selector);
        closeKey(PROCESS, 5);
        announce(PROCESS);
        refuse(LedgerTypes.StandstillNotOver.selector);
        closeKey(PROCESS, 5);
        vm.warp(ledger.awardOf(PROCESS).standstillEnds);
        closeFrom(PROCESS, 5, 8);
        reopen(REVIEWER, PROCESS, 3);
        vm.assertEq(ledger.roundOf(PROCESS, 3), 1);
        vm.assertEq(ledger.roundOf(PROCESS, 7), 2);
        closeKey(PROCESS, 3);
    }

    function test_bids_are_never_reopened() public {
        closeUntil(PROCESS, 8);
        for (uint8 stage = 0; stage < 3; stage++) {
            refuse(LedgerTypes.NotReopenable.selector);
            reopen(REVIEWER, PROCESS, stage);
        }
        refuse(LedgerTypes.UnknownStage.selector);
        reopen(REVIEWER, PROCESS, 8);
        vm.prank(REVIEWER);
        refuse(LedgerTypes.ZeroHash.selector);
        ledger.reopen(PROCESS, 4, 0);
    }

    function test_only_what_is_closed_is_reopened() public {
        closeUntil(PROCESS, 4);
        refuse(LedgerTypes.StageNotClosed.selector);
        reopen(REVIEWER, PROCESS, 4);
        reopen(REVIEWER, PROCESS, 3);
    }

    function test_the_registrar_reopens_the_award_only_and_before_the_contract() public {
        closeUntil(PROCESS, 6);
        for (uint8 stage = 0; stage < 5; stage++) {
            refuse(LedgerTypes.NotReopenable.selector);
            reopen(REGISTRAR, PROCESS, stage);
        }
        reopen(REGISTRAR, PROCESS, 5);
        announce(PROCESS);
        vm.warp(ledger.awardOf(PROCESS).standstillEnds);
        closeFrom(PROCESS, 5, 7);
        refuse(LedgerTypes.NotReopenable.selector);
        reopen(REGISTRAR, PROCESS, 5);
    }

    /// @dev The remedy decided under suspension takes effect before the registrar can move on.
    function test_the_review_body_reopens_while_on_hold() public {
        closeUntil(PROCESS, 6);
        vm.startPrank(REVIEWER);
        ledger.hold(PROCESS, NOTICE);
        ledger.reopen(PROCESS, 4, NOTICE);
        vm.stopPrank();
        refuse(LedgerTypes.OnHold.selector);
        closeKey(PROCESS, 4);
    }

    // ---- the committee -----------------------------------------------------------------------------------------------------

    function test_the_committee_changes_until_bids_are_due() public {
        openTender();
        vm.startPrank(REGISTRAR);
        refuse(LedgerTypes.ZeroHash.selector);
        ledger.changeCommittee(PROCESS, 0);
        ledger.changeCommittee(PROCESS, NOTICE);
        vm.assertEq(ledger.tenderOf(PROCESS).committees, 2);
        vm.assertEq(ledger.committeeAt(PROCESS, 0).keyset, KEYSET);
        vm.assertEq(ledger.committeeAt(PROCESS, 1).keyset, NOTICE);
        vm.warp(DUE);
        refuse(LedgerTypes.BidsAlreadyDue.selector);
        ledger.changeCommittee(PROCESS, KEYSET);
    }

    // ---- retirement ----------------------------------------------------------------------------------------------------------

    function test_retirement_takes_seven_days_and_ends_the_service() public {
        openTender();
        anchor(0, 4);
        vm.startPrank(ADMIN);
        refuse(LedgerTypes.UnknownAnchor.selector);
        ledger.retire(address(0xB0), 1);
        refuse(LedgerTypes.InvalidSuccessor.selector);
        ledger.retire(address(0), 0);
        refuse(LedgerTypes.InvalidSuccessor.selector);
        ledger.retire(address(ledger), 0);
        vm.assertEq(ledger.retirement().announcedAt, 0);
        ledger.retire(address(0xB0), 0);
        refuse(LedgerTypes.AlreadyRetiring.selector);
        ledger.retire(address(0xB1), 0);
        vm.stopPrank();
        LedgerTypes.Retirement memory end = ledger.retirement();
        vm.assertTrue(end.successor == address(0xB0) && end.lastGoodAnchor == 0);
        vm.assertEq(end.effectiveAt, START + 7 days);
        vm.warp(START + 7 days - 1);
        anchor(4, 6);
        vm.warp(START + 7 days);
        bytes32 root = tree.root(commitments(9));
        bytes32[] memory proof = tree.consistency(commitments(9), 6);
        bytes32 same = tree.root(commitments(6));
        vm.startPrank(ANCHORER);
        refuse(LedgerTypes.Retired.selector);
        ledger.extendLog(6, 9, root, proof);
        ledger.extendLog(6, 6, same, proof);
        vm.stopPrank();
        vm.startPrank(REGISTRAR);
        refuse(LedgerTypes.Retired.selector);
        ledger.openTender(NOTICE, NOTICE, uint64(block.timestamp) + 9, STANDSTILL, KEYSET);
        ledger.closeStage(PROCESS, 0, EMPTY, 0, 1);
    }
}

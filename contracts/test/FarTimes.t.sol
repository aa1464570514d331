// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Times so late that adding to them would run over are refused; else a stolen registrar's key could make the release
/// of a whole process fail for good, by one announcement in one of its units.
contract FarTimesTest is TestBase {
    bytes32 internal immutable OTHER = sha256("other");
    uint64 internal constant LATEST = type(uint40).max;

    function hold(bytes32 key) private {
        vm.prank(REVIEWER);
        ledger.hold(key, NOTICE);
    }

    function release(bytes32 key) private {
        vm.prank(REVIEWER);
        ledger.release(key, NOTICE);
    }

    function tried(bytes memory data) private returns (bool done) {
        vm.prank(REGISTRAR);
        (done,) = address(ledger).call(data);
    }

    function refuse(uint64 time) private {
        vm.prank(REGISTRAR);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.TimeTooFar.selector, time, LATEST));
    }

    function testFuzz_no_time_that_is_taken_keeps_a_hold_from_ending(uint64 due, uint64 ends, uint8 shift, uint32 held)
        public
    {
        (due, ends) = (due >> shift % 34, ends >> shift % 34);
        (bytes32 first,) = openUnits();
        bool opened = tried(abi.encodeCall(ledger.openTender, (OTHER, NOTICE, due, 0, KEYSET)));
        vm.assertTrue(opened == (due > START && due <= LATEST));
        closeUntil(PROCESS, 3);
        closeFrom(first, 3, 5);
        bool announced = tried(abi.encodeCall(ledger.announceAward, (first, NOTICE, ends)));
        vm.assertTrue(announced == (ends >= block.timestamp + STANDSTILL && ends <= LATEST));
        hold(PROCESS);
        if (opened) hold(OTHER);
        vm.warp(block.timestamp + held);
        release(PROCESS);
        if (opened) release(OTHER);
    }

    function test_the_latest_times_that_are_taken_move_on_too() public {
        vm.assertEq(ledger.LATEST_TIME(), LATEST);
        (bytes32 first,) = openUnits();
        vm.prank(REGISTRAR);
        ledger.openTender(OTHER, NOTICE, LATEST, STANDSTILL, KEYSET);
        closeUntil(PROCESS, 3);
        closeFrom(first, 3, 5);
        vm.prank(REGISTRAR);
        ledger.announceAward(first, NOTICE, LATEST);
        for (uint256 i = 0; i < 2; i++) {
            hold(PROCESS);
            hold(OTHER);
            vm.warp(block.timestamp + 365 days);
            release(PROCESS);
            release(OTHER);
        }
        vm.assertEq(ledger.awardOf(first).standstillEnds, LATEST + 730 days);
        vm.assertEq(ledger.tenderOf(OTHER).bidsDue, LATEST + 730 days);
    }

    function test_later_times_are_refused() public {
        openTender();
        for (uint256 i = 0; i < 2; i++) {
            uint64 far = i == 0 ? LATEST + 1 : type(uint64).max;
            refuse(far);
            ledger.openTender(OTHER, NOTICE, far, STANDSTILL, KEYSET);
            refuse(far);
            ledger.extendBidsDue(PROCESS, far, NOTICE);
        }
        closeUntil(PROCESS, 5);
        refuse(LATEST + 1);
        ledger.announceAward(PROCESS, NOTICE, LATEST + 1);
        refuse(type(uint64).max);
        ledger.announceAward(PROCESS, NOTICE, type(uint64).max);
        vm.assertEq(ledger.awardOf(PROCESS).time, 0);
    }
}

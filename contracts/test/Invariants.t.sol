// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerTypes} from "../LedgerTypes.sol";
import {ProcurementLedger} from "../ProcurementLedger.sol";
import {Handler} from "./Handler.sol";
import {TestBase} from "./TestBase.sol";

/// @dev What is true of the ledger after any acts of anybody.
contract InvariantsTest is TestBase {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Handler private handler;

    function setUp() public override {
        super.setUp();
        handler = new Handler();
        handler.setUp();
        ledger = ProcurementLedger(address(handler.ledgerOf()));
    }

    /// @dev Read by forge.
    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = address(handler);
    }

    /// @dev Read by forge. Closing, time and the ends of holds come up more often, else hardly a run gets to an award.
    function targetSelectors() external view returns (FuzzSelector[] memory list) {
        bytes4[] memory selectors = new bytes4[](16);
        for (uint256 i = 0; i < 5; i++) selectors[i] = handler.close.selector;
        (selectors[5], selectors[6]) = (handler.pass.selector, handler.pass.selector);
        (selectors[7], selectors[8]) = (handler.announceAward.selector, handler.extendLog.selector);
        (selectors[9], selectors[10]) = (handler.rewriteLog.selector, handler.hold.selector);
        (selectors[11], selectors[12]) = (handler.release.selector, handler.release.selector);
        (selectors[13], selectors[14]) = (handler.extendBidsDue.selector, handler.reopen.selector);
        selectors[15] = handler.cancel.selector;
        list = new FuzzSelector[](1);
        list[0] = FuzzSelector(address(handler), selectors);
    }

    /// @dev Read by forge at the end of every run: rules that nothing was put to hold of anything. A run that forge has cut
    /// short is not judged.
    function afterInvariant() external view {
        if (handler.tries() < 40) return;
        if (handler.times(ledger.closeStage.selector) == 0) revert("no stage closed: the run shows nothing");
        if (ledger.anchorCount() <= 2) revert("no anchor was made: the run shows nothing");
    }

    /// @dev In one, because forge plays every run anew for each invariant.
    function invariant_the_rules_hold() external view {
        _no_act_broke_a_rule();
        _clocks_move_by_exactly_the_time_held();
        _the_log_only_grows();
        _what_is_closed_is_what_was_closed();
    }

    /// @dev A stage closes once a round, in order, never early, never above its anchor; nothing moves while on hold; no role
    /// does another's act (see Handler).
    function _no_act_broke_a_rule() private view {
        if (bytes(handler.fault()).length != 0) revert(handler.fault());
    }

    function _clocks_move_by_exactly_the_time_held() private view {
        for (uint256 i = 0; i < 4; i++) {
            bytes32 key = handler.keys(i);
            if (handler.stopped(key)) continue;
            if (i < 2) vm.assertEq(ledger.tenderOf(key).bidsDue, handler.due(key));
            if (handler.announced(key)) vm.assertEq(ledger.awardOf(key).standstillEnds, handler.ends(key));
            else vm.assertEq(ledger.awardOf(key).time, 0);
        }
    }

    /// @dev Every anchor is of the one honest log: so each is consistent with every later one.
    function _the_log_only_grows() private view {
        uint256 count = ledger.anchorCount();
        bytes32[] memory leaves = commitments(ledger.latestAnchor().treeSize);
        LedgerTypes.Anchor memory before;
        for (uint256 i = 0; i < count; i++) {
            LedgerTypes.Anchor memory now_ = ledger.anchorAt(i);
            vm.assertTrue(now_.treeSize > before.treeSize && now_.time >= before.time);
            bytes32[] memory prefix = new bytes32[](now_.treeSize);
            for (uint256 j = 0; j < prefix.length; j++) prefix[j] = leaves[j];
            vm.assertEq(now_.rootHash, tree.root(prefix));
            before = now_;
        }
    }

    /// @dev A stage reads as closed exactly when it is below the next one (or was frozen by a cancellation).
    function _what_is_closed_is_what_was_closed() private view {
        for (uint256 i = 0; i < 4; i++) {
            bytes32 key = handler.keys(i);
            uint8 next = handler.next(key);
            for (uint8 stage = i < 2 ? 0 : 3; stage < 8; stage++) {
                bool frozen = stage < next || (handler.cancelled(key) && stage == next);
                vm.assertTrue((ledger.stageOf(key, stage).time != 0) == frozen);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Acts on the ledger at random, mostly sensibly, by whatever hand; keeps a model of its own of what must then be true;
/// writes down in `fault` the first act after which it is not. The model lets clocks run second by second and knows nothing
/// of how the contract counts.
contract Handler is TestBase {
    string public fault;
    bytes32[4] public keys;
    mapping(bytes32 key => bytes32) public processOf;
    mapping(bytes32 key => bool) public held;
    mapping(bytes32 key => bool) public cancelled;
    mapping(bytes32 key => uint8) public next;
    mapping(bytes32 key => uint64) public due;
    mapping(bytes32 key => uint64) public ends;
    mapping(bytes32 key => bool) public announced;
    mapping(bytes32 key => uint256) private bidsBlock;
    mapping(bytes32 roundOfStage => bool) private closed;
    /// @dev How often each kind of act was done: a walk that does nothing breaks no rule.
    mapping(bytes4 act => uint256) public times;
    /// @dev How many acts were tried.
    uint256 public tries;
    uint256 private rolls;

    function setUp() public override {
        super.setUp();
        keys = [PROCESS, sha256("other"), sha256("lot 1"), sha256("lot 2")];
        for (uint256 i = 0; i < 4; i++) processOf[keys[i]] = i == 1 ? keys[1] : PROCESS;
        _start();
    }

    /// @dev The first process has its bids closed and its first lot evaluated, so that runs get to standstills; the other is
    /// only just published.
    function _start() private {
        openUnits();
        (due[PROCESS], next[PROCESS]) = (DUE, 3);
        closeUntil(PROCESS, 3);
        bidsBlock[PROCESS] = block.number - 1;
        closeFrom(keys[2], 3, 5);
        (next[keys[2]], next[keys[3]]) = (5, 3);
        due[keys[1]] = uint64(block.timestamp) + 3 days;
        vm.prank(REGISTRAR);
        ledger.openTender(keys[1], NOTICE, due[keys[1]], STANDSTILL, KEYSET);
    }

    function stopped(bytes32 key) public view returns (bool) {
        return held[key] || held[processOf[key]];
    }

    // ---- what may happen ---------------------------------------------------------------------------------------------------

    /// @dev Time passes. Clocks of what is on hold stand still, if they had not run out; of what is cancelled none runs any more.
    function pass(uint256 seed) external {
        uint256 dice = _dice(seed);
        uint64 passed = uint64((dice >> 8) % (dice & 1 == 1 ? 12 days : 2 days));
        for (uint256 i = 0; i < 4; i++) {
            bytes32 key = keys[i];
            if (cancelled[key] || cancelled[processOf[key]]) continue;
            if (held[key] && block.timestamp < due[key]) due[key] += passed;
            if (stopped(key) && announced[key] && block.timestamp < ends[key]) ends[key] += passed;
        }
        vm.warp(block.timestamp + passed);
        vm.roll(block.number + 1);
    }

    function extendLog(uint256 seed) external {
        uint64 added = uint64(_dice(seed) % 6);
        uint64 size = ledger.latestAnchor().treeSize;
        if (size < 100) anchor(size, size + 1 + added);
    }

    /// @dev With its own best proof, but with an anchored leaf exchanged; or a shorter log.
    function rewriteLog(uint256 seed) external {
        uint256 dice = _dice(seed);
        bool shorter = dice & 1 == 1;
        uint64 size = ledger.latestAnchor().treeSize;
        uint64 newSize = shorter ? size - 1 : size + 1 + uint64((dice >> 8) % 6);
        if (newSize == 0) return;
        bytes32[] memory leaves = commitments(newSize);
        leaves[(dice >> 16) % (size < newSize ? size : newSize)] = sha256("forged");
        bytes32[] memory proof = shorter ? new bytes32[](0) : tree.consistency(leaves, size);
        if (_call(ANCHORER, abi.encodeCall(ledger.extendLog, (size, newSize, tree.root(leaves), proof)))) {
            fault = "a rewritten log was anchored";
        }
    }

    function close(uint256 seed) external {
        uint256 dice = _dice(seed);
        bytes32 key = _key(dice);
        uint8 wild = uint8(dice >> 16);
        uint8 stage = wild > 30 ? next[key] : uint8(dice >> 24) % 10;
        // Mostly no more leaves than the smallest of the anchors has.
        uint8 count = uint8(dice >> 32) % (wild % 8 == 0 ? 120 : 5);
        uint256 last = ledger.anchorCount() - 1;
        uint256 index = wild < 128 ? last : _firstAfterDue(key, last);
        bytes32 root = count == 0 ? EMPTY : NOTICE;
        uint32 round = ledger.roundOf(key, stage);
        bytes memory data = abi.encodeCall(ledger.closeStage, (key, stage, root, count, index));
        if (!_act(_who(dice, REGISTRAR), REGISTRAR, key, data)) return;
        bytes32 id = keccak256(abi.encode(key, stage, round));
        if (closed[id]) fault = "a stage closed twice in a round";
        closed[id] = true;
        if (stage != next[key]) fault = "a stage closed out of order";
        if (count > ledger.anchorAt(index).treeSize) fault = "a stage has more leaves than its anchor";
        _checkTimes(key, stage, index);
        next[key] = stage + 1;
    }

    function announceAward(uint256 seed) external {
        uint256 dice = _dice(seed);
        bytes32 key = _key(dice);
        uint64 end = uint64(block.timestamp) + STANDSTILL + uint64((dice >> 24) % 100);
        if (uint8(dice >> 16) < 10) end = type(uint64).max;
        bytes memory data = abi.encodeCall(ledger.announceAward, (key, NOTICE, end));
        if (!_act(_who(dice, REGISTRAR), REGISTRAR, key, data)) return;
        if (announced[key] || next[key] != 5) fault = "an award announced out of turn";
        (announced[key], ends[key]) = (true, end);
    }

    function hold(uint256 seed) external {
        uint256 dice = _dice(seed);
        bytes32 key = _key(dice);
        address caller = _who(dice, dice >> 16 & 1 == 1 ? REGISTRAR : REVIEWER);
        bytes memory data = abi.encodeCall(ledger.hold, (key, NOTICE));
        if (_act(caller, caller == REVIEWER ? REVIEWER : REGISTRAR, key, data)) held[key] = true;
    }

    function release(uint256 seed) external {
        uint256 dice = _dice(seed);
        bytes32 key = _key(dice);
        address caller = _who(dice, dice >> 16 & 1 == 1 ? REGISTRAR : REVIEWER);
        uint256 count = ledger.holdCount(key);
        bool reviewers = count > 0 && ledger.holdAt(key, count - 1).byReviewer;
        bytes memory data = abi.encodeCall(ledger.release, (key, NOTICE));
        bool must = held[key] && caller == REVIEWER && !cancelled[key] && !cancelled[processOf[key]];
        if (!_act(caller, caller == REVIEWER ? REVIEWER : REGISTRAR, key, data)) {
            if (must) fault = "a hold that the review body cannot end";
            return;
        }
        if (!held[key] || (reviewers && caller != REVIEWER)) fault = "a hold released by the wrong hand";
        held[key] = false;
    }

    function extendBidsDue(uint256 seed) external {
        uint256 dice = _dice(seed);
        bytes32 key = _key(dice);
        uint64 old = ledger.tenderOf(key).bidsDue;
        uint64 newDue = uint64(block.timestamp > old ? block.timestamp : old) + uint64((dice >> 24) % 3 days);
        if (uint8(dice >> 16) < 10) newDue = type(uint64).max;
        bool running = block.timestamp < due[key];
        uint256 count = ledger.holdCount(key);
        bool reviewers = held[key] && ledger.holdAt(key, count - 1).byReviewer;
        bytes memory data = abi.encodeCall(ledger.extendBidsDue, (key, newDue, NOTICE));
        if (!_act(_who(dice, REGISTRAR), REGISTRAR, key, data)) return;
        if (!running && !reviewers) fault = "a late bid was let in without the review body";
        if (newDue <= old || next[key] > 2) fault = "a due time moved back, or after bids closed";
        due[key] = running ? due[key] + newDue - old : newDue;
    }

    function reopen(uint256 seed) external {
        uint256 dice = _dice(seed);
        bytes32 key = _key(dice);
        uint8 stage = uint8(dice >> 16) % 9;
        address caller = _who(dice, uint8(dice >> 24) < 80 ? REGISTRAR : REVIEWER);
        bytes memory data = abi.encodeCall(ledger.reopen, (key, stage, NOTICE));
        if (!_act(caller, caller == REVIEWER ? REVIEWER : REGISTRAR, key, data)) return;
        bool may = caller == REVIEWER ? stage >= 3 : stage == 5 && next[key] <= 6;
        if (!may || stage >= next[key]) fault = "a stage reopened that may not be";
        next[key] = stage;
        if (stage <= 5) announced[key] = false;
    }

    function cancel(uint256 seed) external {
        uint256 dice = _dice(seed);
        if (uint8(dice >> 16) > 25) return;
        bytes32 key = _key(dice);
        bytes memory data = abi.encodeCall(ledger.cancel, (key, next[key], NOTICE, 1, NOTICE));
        if (!_act(_who(dice, REGISTRAR), REGISTRAR, key, data)) return;
        cancelled[key] = true;
    }

    // ---- what must then be true ----------------------------------------------------------------------------------------------

    function _checkTimes(bytes32 key, uint8 stage, uint256 index) private {
        bytes32 process = processOf[key];
        if ((stage == 1 || stage == 2) && block.timestamp < due[key]) fault = "closed before bids were due";
        if (stage == 2) {
            bool first = index == 0 || ledger.anchorAt(index - 1).time < due[key];
            if (!first || ledger.anchorAt(index).time < due[key]) fault = "bids closed at another anchor";
            bidsBlock[key] = block.number;
        }
        if (stage == 3) {
            if (next[process] < 3 || block.number <= bidsBlock[process]) fault = "opened before bids were fixed";
            if (key == keys[0]) fault = "a process with units opened";
            if (key == keys[3] && next[keys[2]] < 5) fault = "the second part opened before the first was evaluated";
        }
        if (stage == 5 && (!announced[key] || block.timestamp < ends[key])) fault = "awarded within the standstill";
    }

    /// @dev Calls, and checks what holds of every act: only its role may do it, and nothing moves while it is stopped but what
    /// may.
    function _act(address who, address role, bytes32 key, bytes memory data) private returns (bool done) {
        bytes32 before = fingerprint(key);
        bool wasStopped = stopped(key);
        tries += 1;
        done = _call(who, data);
        if (done) times[bytes4(data)] += 1;
        if (done && who != role) fault = "done by the wrong role";
        if (done && (cancelled[key] || cancelled[processOf[key]])) fault = "done after cancellation";
        if (before == fingerprint(key)) return done;
        if (!done) fault = "a refused act changed something";
        bytes4 act = bytes4(data);
        bool may = act == ledger.release.selector || act == ledger.extendBidsDue.selector
            || (act == ledger.reopen.selector && who == REVIEWER);
        if (wasStopped && !may) fault = "something moved while on hold";
    }

    /// @dev Everything of a key that can move.
    function fingerprint(bytes32 key) public view returns (bytes32 print) {
        print = keccak256(abi.encode(ledger.tenderOf(key), ledger.awardOf(key), ledger.cancellationOf(key)));
        for (uint8 stage = 0; stage < 8; stage++) {
            print = keccak256(abi.encode(print, ledger.roundOf(key, stage), ledger.stageOf(key, stage)));
        }
    }

    function _call(address who, bytes memory data) private returns (bool done) {
        vm.prank(who);
        (done,) = address(ledger).call(data);
    }

    /// @dev Forge prefers small numbers, and ones that it has seen; these are even.
    function _dice(uint256 seed) private returns (uint256) {
        rolls += 1;
        return uint256(keccak256(abi.encode(seed, rolls)));
    }

    function _key(uint256 dice) private view returns (bytes32) {
        return keys[uint8(dice >> 248) % 4];
    }

    /// @dev Mostly the right hand.
    function _who(uint256 dice, address usual) private pure returns (address) {
        uint8 roll = uint8(dice >> 240);
        if (roll < 200) return usual;
        return [ADMIN, ANCHORER, REGISTRAR, REVIEWER, address(0xBAD)][roll % 5];
    }

    function _firstAfterDue(bytes32 key, uint256 last) private view returns (uint256 index) {
        while (index < last && ledger.anchorAt(index).time < due[processOf[key]]) index++;
    }

    function ledgerOf() external view returns (LedgerTypes) {
        return ledger;
    }
}

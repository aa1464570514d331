// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Where a process or unit stands, in one word
/// @notice Every act reads it and most write it. A struct of the same fields would be read and written once for each field
/// of its slot, some three thousand gas at every closing; so the fields are cut out of one word here, and nowhere else.
/// From the lowest bit up: kind 8, nextStage 8, cancelled 8, holder 8, heldSince 40, dueStoppedAt 40, bidsBlock 40,
/// rounds 5 × 16.
type Status is uint256;

using StatusWord for Status global;

enum Kind {
    None,
    Process,
    /// @dev A process that has units: it cannot itself open or be awarded.
    Divided,
    Unit
}

enum Holder {
    Nobody,
    Registrar,
    Reviewer
}

library StatusWord {
    uint8 private constant OPENING = 3;
    uint8 private constant STAGES = 8;
    /// @dev 1 in the lane of each stage from `opening` on; shifted to a stage, in its lane and all later ones.
    uint256 private constant EVERY_ROUND = 0x0001_0001_0001_0001_0001;

    /// @notice A new key: `next` is the first stage that may close.
    function create(Kind what, uint8 next) internal pure returns (Status) {
        return Status.wrap(uint256(what) | uint256(next) << 8);
    }

    function isA(Status status, Kind what) internal pure returns (bool) {
        return uint8(Status.unwrap(status)) == uint8(what);
    }

    /// @notice The stage that may close next; 8 when all are closed.
    function nextStage(Status status) internal pure returns (uint8) {
        return uint8(Status.unwrap(status) >> 8);
    }

    function cancelled(Status status) internal pure returns (bool) {
        return uint8(Status.unwrap(status) >> 16) != 0;
    }

    /// @notice Is the hold in force this one's?
    function heldBy(Status status, Holder who) internal pure returns (bool) {
        return uint8(Status.unwrap(status) >> 24) == uint8(who);
    }

    /// @notice When the hold in force began; 0 while there is none.
    function heldSince(Status status) internal pure returns (uint64) {
        return uint40(Status.unwrap(status) >> 32);
    }

    /// @notice When the clock of a process's due time stopped: at the beginning of the hold if bids were not due then, else
    /// when the due time was moved during it; 0 while it runs.
    function dueStoppedAt(Status status) internal pure returns (uint64) {
        return uint40(Status.unwrap(status) >> 72);
    }

    /// @notice The block in which a process's `bids` closed.
    function bidsBlock(Status status) internal pure returns (uint64) {
        return uint40(Status.unwrap(status) >> 112);
    }

    /// @notice The round of a stage. Those before `opening` have one round only.
    function round(Status status, uint8 stage) internal pure returns (uint32) {
        if (stage < OPENING || stage >= STAGES) return 0;
        return uint16(Status.unwrap(status) >> (152 + 16 * uint256(stage - OPENING)));
    }

    /// @notice A further round of a stage (from `opening` on) and of all after it, which are open again. The caller sees to
    /// it that the last stage's lane has room: no stage ever had more rounds than that.
    function reopened(Status status, uint8 stage) internal pure returns (Status) {
        uint256 rounds = (EVERY_ROUND << (16 * uint256(stage - OPENING))) & type(uint80).max;
        return Status.wrap(Status.unwrap(status) + (rounds << 152)).withNextStage(stage);
    }

    function withKind(Status status, Kind what) internal pure returns (Status) {
        return _with(status, 0, type(uint8).max, uint256(what));
    }

    function withNextStage(Status status, uint8 stage) internal pure returns (Status) {
        return _with(status, 8, type(uint8).max, stage);
    }

    function withCancelled(Status status) internal pure returns (Status) {
        return _with(status, 16, type(uint8).max, 1);
    }

    /// @notice The hold in force, or with `Holder.Nobody` and zeros none.
    function withHold(Status status, Holder who, uint256 since, uint256 stoppedAt) internal pure returns (Status) {
        return _with(status, 24, type(uint8).max, uint256(who)).withHeldSince(since).withDueStoppedAt(stoppedAt);
    }

    function withHeldSince(Status status, uint256 time) internal pure returns (Status) {
        return _with(status, 32, type(uint40).max, time);
    }

    function withDueStoppedAt(Status status, uint256 time) internal pure returns (Status) {
        return _with(status, 72, type(uint40).max, time);
    }

    function withBidsBlock(Status status, uint256 number) internal pure returns (Status) {
        return _with(status, 112, type(uint40).max, number);
    }

    /// @dev 40 bits hold times for 34,000 years.
    function _with(Status status, uint256 shift, uint256 mask, uint256 value) private pure returns (Status) {
        return Status.wrap((Status.unwrap(status) & ~(mask << shift)) | ((value & mask) << shift));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerRoles} from "./LedgerRoles.sol";
import {Rfc9162} from "./lib/Rfc9162.sol";

/// @title Anchors of the registry log
/// @notice An append-only list of (size, root, time): each is proven, on chain, to extend the one before. A rewritten or
/// shortened log cannot be anchored here, whoever holds the anchorer's key.
abstract contract RegistryLog is LedgerRoles {
    /// @notice Most leaves that one call may add. It bounds what a stolen key can do to the log in one stroke: a huge
    /// bogus size would leave no room for honest anchors.
    uint64 public constant MAX_LEAVES_PER_ANCHOR = 1 << 20;

    Anchor[] private _anchors;

    /// @dev On a chain without the precompile a call to address 2 succeeds and returns nothing: found out here, once.
    constructor() {
        if (sha256("") != Rfc9162.EMPTY_ROOT) revert Sha256Missing();
    }

    /// @notice Anchors the log at `newSize` leaves under `newRoot`. Caller: ANCHORER.
    /// @param oldSize Size of the last anchor, 0 for the first.
    /// @param newSize Larger than `oldSize`, by at most MAX_LEAVES_PER_ANCHOR. It is not authenticated by the proof:
    /// audit recomputes the tree.
    /// @param newRoot Root of the RFC 9162 tree over the first `newSize` commitments.
    /// @param proof Consistency proof of RFC 9162 section 2.1.4 from `oldSize` to `newSize`; empty when `oldSize` is 0.
    /// @dev Repeating the present size and root changes nothing and succeeds, so that a transaction sent twice (after a
    /// crash, or replaced with a higher fee) never fails.
    function extendLog(uint64 oldSize, uint64 newSize, bytes32 newRoot, bytes32[] calldata proof)
        external
        onlyRole(ANCHORER)
    {
        uint256 index = _anchors.length;
        uint64 size = 0;
        bytes32 root = Rfc9162.EMPTY_ROOT;
        if (index > 0) {
            Anchor storage last = _anchors[index - 1];
            (size, root) = (last.treeSize, last.rootHash);
        }
        if (newSize == size && newRoot == root) return;
        if (oldSize != size) revert LogSizeMismatch(size, oldSize);
        if (newSize <= oldSize) revert LogDidNotGrow(oldSize, newSize);
        if (newSize - oldSize > MAX_LEAVES_PER_ANCHOR) {
            revert TooManyLeaves(newSize - oldSize, MAX_LEAVES_PER_ANCHOR);
        }
        if (!Rfc9162.verifyConsistency(oldSize, newSize, root, newRoot, proof)) revert InvalidConsistencyProof();
        _anchors.push(Anchor(newSize, uint64(block.timestamp), newRoot));
        emit LogExtended(index, newSize, newRoot);
    }

    /// @notice Number of anchors.
    function anchorCount() public view returns (uint256) {
        return _anchors.length;
    }

    /// @notice Anchor number `index`, from 0: `{treeSize, time, rootHash}`. Refuses an index that does not exist.
    function anchorAt(uint256 index) public view returns (Anchor memory) {
        if (index >= _anchors.length) revert UnknownAnchor(index, _anchors.length);
        return _anchors[index];
    }

    /// @notice The last anchor. Refuses while there is none.
    function latestAnchor() external view returns (Anchor memory) {
        return anchorAt(_latestAnchorIndex());
    }

    /// @notice Is `commitment` entry number `index` of the log, as anchored by anchor `anchorIndex`?
    /// @dev Against a stored anchor, never a root from the caller: who may choose the root can prove anything.
    function verifyInclusion(bytes32 commitment, uint64 index, uint256 anchorIndex, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        Anchor memory anchor = anchorAt(anchorIndex);
        bytes32 leaf = Rfc9162.leafHash(commitment);
        return Rfc9162.verifyInclusion(leaf, index, anchor.treeSize, anchor.rootHash, proof);
    }

    /// @dev Refuses while there is no anchor.
    function _latestAnchorIndex() internal view returns (uint256) {
        uint256 count = _anchors.length;
        if (count == 0) revert UnknownAnchor(0, 0);
        return count - 1;
    }
}
